import Electrochemistry
import Estimation
import Kernels
import Testing

/// A cell that is exactly the filter's model, at 25 degC, with white sensor noise.
private struct MatchedCell {
  let model: SPMe
  let workspace: SPMeWorkspace
  var state: [Double]
  var time = 0.0
  var random = RandomStream(seed: 21)
  static let kelvin = 298.15

  init(_ cell: CellParameters, stateOfCharge: Double) {
    model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    workspace = model.makeWorkspace()
    state = model.rest(stateOfCharge: stateOfCharge, temperature: Self.kelvin)
  }

  mutating func outputs(_ current: Double) throws -> CellOutputs {
    try model.outputs(state, current: current, ambient: Self.kelvin)
  }

  /// One second, then one assimilation; `fault` is added to the voltage reading.
  @discardableResult
  mutating func second(
    _ current: Double, _ filter: inout CellFilter, fault: Double = 0
  ) throws -> Assimilation {
    if filter.time != nil {
      try model.step(
        &state, current: current, ambient: Self.kelvin, duration: 1, workspace: workspace)
      time += 1
    }
    let y = try outputs(current)
    let voltage = y.voltage + 1e-3 * random.gaussian() + fault
    let surface = y.temperature + 0.1 * random.gaussian()
    return try filter.assimilate(
      CellInput(current: current + 5e-3 * random.gaussian(), ambient: Self.kelvin), at: time,
      voltage: voltage, thermometers: { _ in surface })
  }
}

@Suite("Filter of a cell")
struct CellFilterTests {
  private func make(
    _ kind: FilterKind, _ believed: Double, sd: Double, truth: Double
  ) throws -> (MatchedCell, CellFilter) {
    let cell = try Cells.chen2020()
    var configuration = EstimatorConfiguration()
    configuration.filter = kind
    configuration.stateOfCharge = believed
    configuration.stateOfChargeSD = sd
    let filter = try CellFilter(
      cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
    return (MatchedCell(cell, stateOfCharge: truth), filter)
  }

  @Test(
    "A charge believed 30 % wrong is within 2 % after 200 s of C/2, and says so honestly",
    arguments: FilterKind.allCases, [(0.8, 0.5), (0.3, 0.6), (0.95, 0.65), (0.4, 0.1)])
  func wrongStart(kind: FilterKind, start: (believed: Double, truth: Double)) throws {
    let (believed, truth) = start
    var (cell, filter) = try make(kind, believed, sd: 0.3, truth: truth)
    var last = Assimilation()
    for _ in 0..<200 { last = try cell.second(truth > 0.5 ? -2.5 : 2.5, &filter) }
    let error = last.belief.stateOfCharge.mean - (try cell.outputs(0)).stateOfCharge
    #expect(abs(error) < 0.02, "off by \(error)")
    #expect(abs(error) < 4 * last.belief.stateOfCharge.sd)
    #expect(last.belief.stateOfCharge.sd < 0.02)
    #expect(filter.restarts == 0)
  }

  @Test(
    "A spike in the voltage is gated: the belief is that of a missing reading",
    arguments: FilterKind.allCases)
  func spike(kind: FilterKind) throws {
    var (cell, filter) = try make(kind, 0.5, sd: 0.02, truth: 0.5)
    for _ in 0..<60 { try cell.second(1, &filter) }
    var (other, without) = (cell, filter)
    let gated = try cell.second(1, &filter, fault: 0.3)
    let missing = try other.second(1, &without, fault: .nan)
    #expect(gated.voltage.fate == .gated)
    #expect(gated.gatedChannels == 1)
    #expect(gated.assimilatedChannels == 1)
    #expect(missing.voltage.fate == .missing)
    #expect(gated.belief == missing.belief)
  }

  @Test("Without readings the bands grow", arguments: FilterKind.allCases)
  func blind(kind: FilterKind) throws {
    var (cell, filter) = try make(kind, 0.5, sd: 0.02, truth: 0.5)
    for _ in 0..<300 { try cell.second(1, &filter) }
    // At rest, so that the curves' slopes stay and only ignorance grows.
    for _ in 0..<600 { try cell.second(0, &filter) }
    let input = CellInput(current: 0, ambient: 298.15)
    let before = try filter.belief(input)
    try filter.predict(input, to: cell.time + 3600)
    let after = try filter.belief(input)
    #expect(after.stateOfCharge.sd > before.stateOfCharge.sd)
    #expect(after.voltage.sd > before.voltage.sd)
  }

  @Test(
    "A filter sure of a wrong charge is restarted wide, says so, and finds the cell",
    arguments: FilterKind.allCases)
  func restart(kind: FilterKind) throws {
    var (cell, filter) = try make(kind, 0.9, sd: 0.005, truth: 0.4)
    var restarted = false
    var last = Assimilation()
    for _ in 0..<400 {
      last = try cell.second(1, &filter)
      restarted = restarted || last.restarted
    }
    #expect(restarted)
    #expect(filter.restarts >= 1)
    let error = last.belief.stateOfCharge.mean - (try cell.outputs(0)).stateOfCharge
    #expect(abs(error) < 0.02, "off by \(error)")
  }

  @Test(
    "An input that the model cannot follow is a typed error, and belief and time stay",
    arguments: FilterKind.allCases)
  func impossible(kind: FilterKind) throws {
    var (cell, filter) = try make(kind, 0.5, sd: 0.02, truth: 0.5)
    for _ in 0..<30 { try cell.second(1, &filter) }
    let input = CellInput(current: 1, ambient: 298.15)
    let before = try filter.belief(input)
    for bad in [
      CellInput(current: 1e6, ambient: 298.15), CellInput(current: .nan, ambient: 298.15),
      CellInput(current: 1, ambient: -10),
    ].prefix(2) {
      #expect(throws: EstimationError.self) {
        try filter.assimilate(bad, at: cell.time + 1, voltage: 3.7, thermometers: { _ in 298 })
      }
    }
    #expect(throws: EstimationError.self) { try filter.predict(input, to: cell.time - 1) }
    #expect(filter.time == cell.time)
    #expect(try filter.belief(input) == before)
    try cell.second(1, &filter)
    #expect(filter.restarts == 0)
  }

  @Test(
    "A rest with a noisy shunt says nothing of the kinetics: the rate constants stay",
    arguments: FilterKind.allCases)
  func restTeachesNothing(kind: FilterKind) throws {
    var (cell, filter) = try make(kind, 0.1, sd: 0.005, truth: 0.1)
    for _ in 0..<1800 { try cell.second(0, &filter) }
    for name in [
      ParameterName.negativeReactionRateConstant, .positiveReactionRateConstant,
    ] {
      let factor = try #require(filter.factor(of: name))
      #expect(abs(factor.median - 1) < 0.02, "\(name.rawValue): \(factor.median)")
    }
  }

  @Test(
    "What the voltage cannot see stays in the plating band: the offset's split",
    arguments: FilterKind.allCases)
  func offsetSplit(kind: FilterKind) throws {
    var (cell, filter) = try make(kind, 0.3, sd: 0.02, truth: 0.3)
    for step in 0..<1800 { try cell.second(step / 60 % 2 == 0 ? 4 : -2, &filter) }
    let c = filter.configuration
    let (a, b) = (c.negativeOffsetSD, c.positiveOffsetSD)
    // Their difference known exactly, each keeps the sd of the product of both priors.
    let floor = a * b / (a * a + b * b).squareRoot()
    #expect(filter.negativeOffset.sd >= 0.9 * floor)
    let belief = try filter.belief(CellInput(current: 4, ambient: 298.15))
    #expect(belief.negativePotentialAtSeparator.sd >= 0.9 * floor)
  }
}
