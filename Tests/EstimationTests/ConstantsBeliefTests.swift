import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("A cell's constants from record to record")
struct ConstantsBeliefTests {
  private func configuration(_ belief: ConstantsBelief?) -> EstimatorConfiguration {
    var configuration = EstimatorConfiguration()
    configuration.parameters += [
      EstimatorConfiguration.TrackedParameter(.negativeActiveFraction, driftPerRootHour: 0),
      EstimatorConfiguration.TrackedParameter(.positiveActiveFraction, driftPerRootHour: 0),
    ]
    configuration.constants = belief
    configuration.stateOfCharge = 0.7
    configuration.stateOfChargeSD = 0.03
    return configuration
  }

  /// Correlated, all away from the file.
  private func belief() throws -> ConstantsBelief {
    let constants: [CellConstant] = [
      .contactResistance, .logFactor(.negativeActiveFraction), .logLithiumInventory,
      .logFactor(.negativeDiffusivity), .positiveOffset, .logFactor(.positiveActiveFraction),
    ]
    let sd = [1e-3, 0.01, 0.008, 0.1, 2e-3, 0.012]
    var covariance = Array(repeating: 0.0, count: 36)
    for i in 0..<6 {
      for j in 0..<6 { covariance[6 * i + j] = sd[i] * sd[j] * (i == j ? 1 : 0.3) }
    }
    return try ConstantsBelief(
      constants, mean: [4e-3, -0.05, -0.08, 0.2, 1e-3, -0.03], covariance: covariance)
  }

  @Test(
    "What goes into a filter comes out of it: every mean, variance and covariance",
    arguments: FilterKind.allCases)
  func roundTrip(_ kind: FilterKind) throws {
    let belief = try belief()
    var c = configuration(belief)
    c.filter = kind
    let filter = try CellFilter(
      cell: try Cells.chen2020(), configuration: c, temperature: 298.15, thermometers: 1)
    let out = filter.constants
    for (i, first) in belief.constants.enumerated() {
      let a = try #require(out.constants.firstIndex(of: first))
      let sd = belief.covariance[6 * i + i].squareRoot()
      #expect(abs(out.mean[a] - belief.mean[i]) < 1e-9 * sd + 1e-12, "\(first)")
      for (j, second) in belief.constants.enumerated() {
        let b = try #require(out.constants.firstIndex(of: second))
        let other = belief.covariance[6 * j + j].squareRoot()
        let found = out.covariance[a * out.constants.count + b]
        #expect(abs(found - belief.covariance[6 * i + j]) < 1e-6 * sd * other, "\(first) \(second)")
      }
    }
    // What the belief does not name has the configuration's own prior.
    let own = try #require(out[.logFactor(.positiveDiffusivity)])
    #expect(own.mean == 0 && abs(own.sd - 0.1) < 1e-12)
  }

  @Test("No current moves the inventory: out of charge and rest it comes as it went in")
  func conserved() throws {
    var filter = try CellFilter(
      cell: try Cells.chen2020(), configuration: configuration(try belief()),
      temperature: 298.15, thermometers: 1)
    let before = try #require(filter.constants[.logLithiumInventory])
    try filter.predict(CellInput(current: -5, ambient: 298.15), to: 0)
    try filter.predict(CellInput(current: -5, ambient: 298.15), to: 900)
    try filter.predict(CellInput(current: 0, ambient: 298.15), to: 1500)
    let after = try #require(filter.constants[.logLithiumInventory])
    #expect(abs(after.mean - before.mean) < 1e-9)
    // Side reactions add 1e-4 of the charge per root hour, nothing else.
    #expect(after.sd >= before.sd * (1 - 1e-6) && after.sd < before.sd * 1.001)
  }

  @Test("The stoichiometries of a rested cell follow from its constants")
  func balance() throws {
    let cell = try Cells.chen2020()
    let file = CellBalance(cell) { _ in 0 }
    let (low, high) = file.window
    // The file's own limits.
    #expect(abs(low - cell.negative.minimumStoichiometry) < 2e-3)
    #expect(abs(high - cell.negative.maximumStoichiometry) < 2e-3)
    #expect(abs(file.openCircuitVoltage(high) - 4.2) < 1e-9)
    // Half of each electrode and half of the lithium make half a cell.
    let half = CellBalance(cell) { constant in
      switch constant {
      case .logLithiumInventory, .logFactor(.negativeActiveFraction),
        .logFactor(.positiveActiveFraction):
        -Double.logarithm(2)
      default: 0
      }
    }
    #expect(abs(half.capacity / file.capacity - 0.5) < 1e-9)
    #expect(abs(half.window.full - high) < 1e-9)
  }

  @Test("A belief that cannot be is refused")
  func refused() throws {
    let one = [CellConstant.contactResistance]
    #expect(throws: EstimationError.self) { try ConstantsBelief(one, mean: [], covariance: [1]) }
    #expect(throws: EstimationError.self) { try ConstantsBelief(one, mean: [0], covariance: [-1]) }
    #expect(throws: EstimationError.self) {
      try ConstantsBelief(one, mean: [.nan], covariance: [1])
    }
    #expect(throws: EstimationError.self) {
      try ConstantsBelief(one + one, mean: [0, 0], covariance: [1, 0, 0, 1])
    }
    #expect(throws: EstimationError.self) {
      try ConstantsBelief(
        [.contactResistance, .positiveOffset], mean: [0, 0], covariance: [1, 1.1, 1.1, 1])
    }
    for constant in try belief().constants {
      #expect(CellConstant(name: constant.name) == constant)
    }
    #expect(CellConstant(name: "no_such_thing") == nil)
  }
}
