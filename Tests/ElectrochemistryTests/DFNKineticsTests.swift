import Electrochemistry
import Kernels
import Testing

/// Kinetics and open-circuit curves of a DFN, against what they must reduce to.
struct DFNKineticsTests {
  @Test("transfer coefficients of a half through the general form are the sinh form")
  func transferCoefficients() throws {
    var cell = try Fixtures.chen2020()
    func voltages() throws -> [Double] {
      let solver = try DFNFixture.solver(cell, thermal: .lumped, tolerance: 1e-6)
      var values: [Double] = []
      let times = (1..<100).map { Double($0) * 9 }
      for current in [-8.0, 4] {
        try DFNFixture.run(solver, .current(current), 300, times: times) {
          values.append($0.outputs.voltage)
        }
      }
      try DFNFixture.run(solver, .voltage(3.9), 300, times: times) { values.append($0.current) }
      return values
    }
    let sinh = try voltages()
    // Not exactly a half, so that the general path is taken.
    cell.negative.anodicTransferCoefficient = 0.5 + 1e-9
    cell.positive.cathodicTransferCoefficient = 0.5 + 1e-9
    let general = try voltages()
    #expect(sinh.count == general.count && sinh.count > 90)
    #expect(sinh != general)
    let worst = zip(sinh, general).map { abs($0 - $1) }.max() ?? .nan
    #expect(worst < 1e-6, "\(worst)")
  }

  @Test("unequal coefficients favour one direction: the overpotential is not odd")
  func asymmetry() throws {
    var cell = try Fixtures.chen2020()
    cell.negative = with(cell.negative, anodic: 0.3, cathodic: 0.7)
    func rise(_ current: Double) throws -> Double {
      let solver = try DFNFixture.solver(cell)
      let rest = try solver.row().outputs.voltage
      try solver.apply(.current(current), ambient: 298.15)
      return try solver.row().outputs.voltage - rest
    }
    let (small, large) = (try rise(0.01) + rise(-0.01), try rise(20) + rise(-20))
    // Charging reduces the negative electrode: exp(-0.7 u) outruns exp(0.3 u), so it costs less.
    #expect(abs(small) < 1e-5 && large < -1e-3, "\(small) \(large)")
  }

  private func with(
    _ electrode: ElectrodeParameters, anodic: Double, cathodic: Double
  ) -> ElectrodeParameters {
    var copy = electrode
    copy.anodicTransferCoefficient = anodic
    copy.cathodicTransferCoefficient = cathodic
    return copy
  }

  /// Curves that lie 30 and 50 mV beside the mean one of the positive electrode.
  private func hysteresis() throws -> CellParameters {
    var cell = try Fixtures.chen2020()
    let mean = cell.positive.openCircuitPotential.curve
    func shifted(_ volts: Double) throws -> ParameterFunction {
      ParameterFunction(
        try PiecewiseCubic(
          spline: { mean($0) + Dual8(volts) }, over: mean.range, errorBound: 1e-7))
    }
    cell.positive.delithiationPotential = try shifted(0.03)
    cell.positive.lithiationPotential = try shifted(-0.05)
    return cell
  }

  @Test("the sign of the last current chooses the open-circuit curve; before any, the mean holds")
  func branches() throws {
    let cell = try hysteresis()
    let solver = try DFNFixture.solver(cell)
    let plain = try DFNFixture.solver()
    func step(_ current: Double) throws -> Double {
      for s in [solver, plain] { try s.apply(.current(current), ambient: 298.15) }
      return try solver.row().outputs.voltage - plain.row().outputs.voltage
    }
    #expect(abs(try step(0)) < 1e-6)
    #expect(abs(try step(2) - 0.03) < 1e-6)
    #expect(abs(try step(0) - 0.03) < 1e-6)
    #expect(abs(try step(-2) + 0.05) < 1e-6)
    #expect(abs(try step(0) + 0.05) < 1e-6)
    // A trial current does not choose.
    _ = try solver.outputs(current: 3, ambient: 298.15)
    #expect(abs(try step(0) + 0.05) < 1e-6)
    // Nor does one that is refused, or a switch that fails.
    _ = try step(2)
    for bad in [CellControl.current(1e5), .power(-2000)] {
      #expect(throws: ModelError.self) { try solver.apply(bad, ambient: 298.15) }
      #expect(abs(try step(0) - 0.03) < 1e-6, "\(bad)")
    }
  }

  @Test("a shift of an open-circuit potential shifts voltage and separator potential by itself")
  func offsets() throws {
    let shifted = try DFNFixture.solver(
      Fixtures.chen2020().offsettingOpenCircuitPotential(negative: 0.004, positive: -0.003))
    let plain = try DFNFixture.solver()
    for solver in [shifted, plain] { try DFNFixture.run(solver, .current(5), 300) }
    let (a, b) = (try shifted.row().outputs, try plain.row().outputs)
    #expect(abs(a.voltage - b.voltage + 0.007) < 1e-7)
    #expect(abs(a.negativePotentialAtSeparator - b.negativePotentialAtSeparator - 0.004) < 1e-7)
  }

  @Test("factors on every parameter that a plant draws move the voltage, and 1 does not")
  func factors() throws {
    let cell = try Fixtures.chen2020().withContactResistance(0.002)
    func voltage(_ factors: [ParameterName: Double]) throws -> Double {
      let solver = try DFNFixture.solver(cell.scaled(factors), thermal: .lumped)
      try DFNFixture.run(solver, .current(5), 300)
      return try solver.row().outputs.voltage
    }
    let plain = try voltage([:])
    for name in [
      ParameterName.negativeDiffusivity, .positiveDiffusivity, .negativeReactionRateConstant,
      .positiveReactionRateConstant, .electrolyteDiffusivity, .electrolyteConductivity,
      .heatTransferCoefficient, .contactResistance,
    ] {
      #expect(try voltage([name: 1]) == plain, "\(name)")
      #expect(abs(try voltage([name: 1.1]) - plain) > 1e-6, "\(name)")
    }
  }
}
