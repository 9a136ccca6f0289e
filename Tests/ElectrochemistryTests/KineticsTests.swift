import Electrochemistry
import Kernels
import Profiles
import Testing

struct KineticsTests {
  /// Chen2020 with given transfer coefficients in both electrodes.
  private func cell(_ a: Double, _ c: Double) throws -> CellParameters {
    var cell = try Fixtures.chen2020()
    cell.negative.anodicTransferCoefficient = a
    cell.negative.cathodicTransferCoefficient = c
    cell.positive.anodicTransferCoefficient = a
    cell.positive.cathodicTransferCoefficient = c
    return cell
  }

  @Test(
    "coefficients of nearly one half go over into asinh", arguments: SingleParticleModel.allCases)
  func continuity(model: SingleParticleModel) throws {
    for current in [-8.0, 0, 0.01, 6] {
      let volts = try [0.5, 0.5 + 1e-9].map { a in
        let model = SPMe(try cell(a, a), model: model, mesh: .coarse, thermal: .isothermal)
        return try model.outputs(
          model.rest(stateOfCharge: 0.6, temperature: 298.15), current: current, ambient: 298.15
        ).voltage
      }
      #expect(abs(volts[0] - volts[1]) < 1e-8, "\(current) \(volts)")
    }
  }

  @Test("each electrode's overpotential gives the current back through Butler and Volmer's law")
  func law() throws {
    let (a, c) = (0.3, 0.65)
    let cell = try cell(a, c)
    let model = SPMe(cell, model: .spm, mesh: .coarse, thermal: .isothermal)
    let x = model.rest(stateOfCharge: 0.6, temperature: 298.15)
    let start = model.stoichiometries(stateOfCharge: 0.6)
    let thermal = PhysicalConstants.gas * 298.15 / PhysicalConstants.faraday
    for current in [-7.0, 4] {
      let y = try model.outputs(x, current: current, ambient: 298.15)
      let potential = model.openCircuitVoltage(
        negative: y.negativeSurfaceStoichiometry, positive: y.positiveSurfaceStoichiometry,
        temperature: 298.15)
      func overpotential(_ electrode: ElectrodeParameters, _ x: Double, _ i: Double) -> Double {
        let area =
          electrode.surfaceAreaPerUnitVolume * electrode.thickness * cell.electrodeArea
          * Double(cell.electrodePairs)
        let exchange =
          area * PhysicalConstants.faraday * electrode.reactionRateConstant
          * ExchangeCurrent.power(x, c).value * ExchangeCurrent.power(1 - x, a).value
        // Bisection on the law itself.
        var (low, high) = (-1.0, 1.0)
        for _ in 0..<200 {
          let eta = 0.5 * (low + high)
          let flow =
            exchange
            * (Double.exponential(a * eta / thermal) - Double.exponential(-c * eta / thermal))
          if flow > i { high = eta } else { low = eta }
        }
        return low
      }
      let positive = overpotential(cell.positive, y.positiveSurfaceStoichiometry, current)
      let negative = overpotential(cell.negative, y.negativeSurfaceStoichiometry, -current)
      #expect(abs(y.voltage - (potential + positive - negative)) < 1e-12)
      #expect(start.negative > 0)
    }
  }

  @Test("derivatives pass through the general law too")
  func derivatives() throws {
    let model = SPMe(try cell(0.4, 0.7), mesh: .coarse, thermal: .lumped)
    let x = model.rest(stateOfCharge: 0.6, temperature: 298.15)
    let workspace = model.makeWorkspace()
    var result = LinearisedOutputs(model, parameters: [.negativeReactionRateConstant])
    try x.withUnsafeBufferPointer { x throws(ModelError) in
      try model.lineariseOutputs(
        x, current: 5, ambient: 298.15, workspace: workspace, into: &result)
    }
    let row = FilteredOutput.voltage.rawValue
    let a = try model.outputs(x, current: 5.001, ambient: 298.15).voltage
    let b = try model.outputs(x, current: 4.999, ambient: 298.15).voltage
    #expect(abs(result.currentJacobian[row] / ((a - b) / 0.002) - 1) < 1e-7)
  }

  @Test("branches: charge, discharge, and the last of them at rest")
  func branches() throws {
    var cell = try Fixtures.chen2020()
    func shifted(_ function: ParameterFunction, _ volts: Double) throws -> ParameterFunction {
      let curve = function.curve
      return ParameterFunction(
        try PiecewiseCubic(
          spline: { curve($0) + volts }, over: curve.range, errorBound: 1e-6))
    }
    // Lithiation of the negative electrode shows 8 mV less, delithiation of the positive 6 mV more.
    cell.negative.lithiationPotential = try shifted(cell.negative.openCircuitPotential, -0.008)
    cell.positive.delithiationPotential = try shifted(cell.positive.openCircuitPotential, 0.006)
    let plain = try SingleParticleSolver(
      try Fixtures.chen2020(), model: .spme, mesh: .coarse, thermal: .isothermal)
    let hysteretic = try SingleParticleSolver(
      cell, model: .spme, mesh: .coarse, thermal: .isothermal)
    var shifts: [Double] = []
    for solver in [plain, hysteretic] {
      try solver.start(
        negativeStoichiometry: 0.4, positiveStoichiometry: 0.6, temperature: 298.15)
    }
    for current in [0.0, 3, 0, -3, 0] {
      for solver in [plain, hysteretic] {
        try solver.apply(.current(current), ambient: 298.15)
        _ = try solver.run(for: 60, stops: [], outputTimes: []) { _ in }
      }
      shifts.append(try hysteretic.row().outputs.voltage - plain.row().outputs.voltage)
    }
    for (shift, expected) in zip(shifts, [0, 0.014, 0.014, 0, 0]) {
      #expect(abs(shift - expected) < 5e-6, "\(shifts)")
    }
  }
}
