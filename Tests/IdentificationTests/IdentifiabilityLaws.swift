import Electrochemistry
import Identification
import Kernels
import Simulation
import Testing

/// What cannot be told is named, not numbered.
struct IdentifiabilityLaws {
  static let errors = ErrorModel(noiseSD: 1e-3)

  static func analysis(
    _ cell: CellParameters, _ names: [ParameterName], thermal: SPMe.Thermal = .isothermal,
    remedies: Bool = false
  ) -> Identifiability {
    let current = SimulatedCell.current(cell, seed: 5)
    return Identifiability(
      cell, names.map { .factor($0) },
      [
        InformationCase(
          current: current, period: 1, stateOfCharge: SimulatedCell.charge,
          outputs: [.voltage(errors)])
      ], model: RunModel(.spme, thermal: thermal), reference: cell, seeksRemedies: remedies)
  }

  @Test(
    "conductivity with contact resistance in an SPMe is inseparable, and by the ratio of their resistances",
    arguments: SPMe.Thermal.allCases)
  func conductivity(thermal: SPMe.Thermal) throws {
    let cell = try SimulatedCell.base()
    let names: [ParameterName] = [
      .electrolyteConductivity, .contactResistance, .negativeDiffusivity,
    ]
    let found = Self.analysis(cell, names, thermal: thermal, remedies: true)
    let structural = found.combinations.filter(\.isStructural)
    #expect(structural.count == 1)
    let first = try #require(structural.first)
    #expect(Set(first.exponents.map(\.parameter)) == Set(names.prefix(2).map { .factor($0) }))
    #expect(!found.isTold(.factor(.electrolyteConductivity)))
    #expect(found.isTold(.factor(.negativeDiffusivity)))
    // Raising the conductivity by a factor takes as much resistance as the contact must give:
    // along the direction the sum of both stays.
    let exponent = Dictionary(
      uniqueKeysWithValues: first.exponents.map { ($0.parameter, $0.exponent) })
    let step = 1e-3
    let moved = cell.scaled(
      Dictionary(
        uniqueKeysWithValues: names.prefix(2).map {
          ($0, Double.exponential(step * (exponent[.factor($0)] ?? 0)))
        }))
    let times = [100.0, 500, 800]
    func run(_ cell: CellParameters) -> ModelRun {
      RunModel(.spme, thermal: thermal, tolerance: 1e-6).run(
        cell, SimulatedCell.current(cell, seed: 5), from: SimulatedCell.charge, outputTimes: times,
        parameters: [],
        reference: cell, slopes: false)
    }
    for (a, b) in zip(run(cell).voltages, run(moved).voltages) {
      #expect((a - b).magnitude < 1e-6)
    }
    #expect(first.remedies.contains { $0.what.contains("reference electrode") })
  }

  @Test("an activation energy is not told at its reference temperature")
  func activation() throws {
    var cell = try SimulatedCell.base()
    cell.negative.diffusivityActivationEnergy = 30_000
    let found = Self.analysis(
      cell, [.negativeDiffusivityActivationEnergy, .negativeDiffusivity], remedies: true)
    #expect(!found.isTold(.factor(.negativeDiffusivityActivationEnergy)))
    #expect(found.combinations.allSatisfy { !$0.isStructural })
    #expect(found.isTold(.factor(.negativeDiffusivity)))
    let remedies = try #require(found.combinations.first).remedies
    #expect(remedies.contains { $0.what.contains("15 K") })
  }

  @Test("in a DFN conductivity and contact resistance are two")
  func porous() throws {
    let cell = try SimulatedCell.base()
    let found = Identifiability(
      cell, [.factor(.electrolyteConductivity), .factor(.contactResistance)],
      [
        InformationCase(
          current: SimulatedCell.current(cell, seed: 5), period: 1,
          stateOfCharge: SimulatedCell.charge,
          outputs: [.voltage(Self.errors)])
      ], model: RunModel(.dfn, thermal: .isothermal), reference: cell, seeksRemedies: false)
    #expect(found.combinations.filter(\.isStructural).isEmpty)
  }

  @Test("information by duals is that of finite differences, to 1e-6 of its scale")
  func fisher() throws {
    let cell = try SimulatedCell.base()
    let names: [ParameterName] = [
      .negativeDiffusivity, .positiveDiffusivity, .electrolyteDiffusivity, .contactResistance,
    ]
    let current = SimulatedCell.current(cell, seed: 6)
    let times = (0..<900).map { Double($0) + 0.5 }
    let parameters = names.map { IdentifiedParameter.factor($0) }
    let model = RunModel(.spme, thermal: .isothermal, tolerance: 1e-5)
    let found = FisherInformation(
      cell, parameters,
      InformationCase(
        current: current, times: times, stateOfCharge: SimulatedCell.charge, stateOfChargeSD: 0,
        outputs: [.voltage(Self.errors)]), model: model, reference: cell)
    // The very same steps with moved parameters: what adapts its steps differs by more than is compared.
    let start = SPMe(cell, mesh: .coarse, thermal: .isothermal)
      .stoichiometries(stateOfCharge: SimulatedCell.charge)
    func solver(_ cell: CellParameters) throws -> SingleParticleSensitivities {
      try SingleParticleSensitivities(
        cell, model: .spme, mesh: .coarse, thermal: .isothermal,
        directions: names.map { .parameter($0) }, relativeTolerance: 1e-5)
    }
    var durations: [Double] = []
    _ = try solver(cell).solve(
      start: start, times: current.times, currents: current.currents, outputTimes: times,
      ambient: 298.15, durations: &durations)
    func volts(_ k: Int, _ h: Double) throws -> [Double] {
      try solver(cell.scaled([names[k]: Double.exponential(h)])).voltages(
        start: start, times: current.times, currents: current.currents, outputTimes: times,
        ambient: 298.15, durations: durations)
    }
    // Fourth order: the second-order ones err by 1e-6 themselves.
    let h = 1e-3
    let slopes = try names.indices.map { k in
      let (a, b, c, d) = (
        try volts(k, h), try volts(k, -h), try volts(k, 2 * h), try volts(k, -2 * h)
      )
      return times.indices.map { (8 * (a[$0] - b[$0]) - (c[$0] - d[$0])) / (12 * h) }
    }
    for a in names.indices {
      for b in names.indices {
        let sum = zip(slopes[a], slopes[b]).reduce(0) { $0 + $1.0 * $1.1 } / 1e-6
        let scale =
          (found.matrix[a * 4 + a] * found.matrix[b * 4 + b]).squareRoot()
        #expect((found.matrix[a * 4 + b] - sum).magnitude < 1e-6 * scale, "\(a) \(b)")
      }
    }
  }
}

extension IdentifiabilityLaws {
  @Test(
    "at half charge the negative diffusivity is not told; another charge is named that tells it")
  func plateau() throws {
    let cell = try SimulatedCell.base()
    let found = Identifiability(
      cell, [.factor(.negativeDiffusivity)],
      [
        InformationCase(
          current: SimulatedCell.current(cell, seed: 5), period: 1, stateOfCharge: 0.5,
          outputs: [.voltage(Self.errors)])
      ], model: RunModel(.spme, thermal: .isothermal), reference: cell)
    let only = try #require(found.combinations.first)
    #expect(!only.isStructural)
    let best = try #require(only.remedies.first)
    #expect(best.what.contains("charge") && best.sd < 0.1 * only.sd)
  }
}

extension IdentifiabilityLaws {
  @Test("rate constant, surface area and sites move together where none of them is given")
  func grouped() throws {
    let cell = try SimulatedCell.base()
    let names: [ParameterName] = [
      .negativeReactionRateConstant, .negativeSurfaceAreaPerUnitVolume,
      .negativeMaximumConcentration, .positiveDiffusivity,
    ]
    let found = Self.analysis(cell, names)
    let structural = found.combinations.filter(\.isStructural)
    #expect(structural.count == 1)
    let exponents = try #require(structural.first).exponents
    let area = try #require(
      exponents.first { $0.parameter == .factor(.negativeSurfaceAreaPerUnitVolume) }?.exponent)
    // j0 ~ k and j ~ 1/a_s: k a_s stays, and so do the sites a_s c_max.
    for name in [ParameterName.negativeReactionRateConstant, .negativeMaximumConcentration] {
      let other = try #require(exponents.first { $0.parameter == .factor(name) }?.exponent)
      #expect((other + area).magnitude < 1e-3)
    }
    #expect(exponents.count == 3)
  }
}
