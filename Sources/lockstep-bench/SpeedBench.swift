import Electrochemistry
import Profiles

/// Everything that the rows share: the cell, PyBaMM's record, how often to repeat, and the fine
/// solutions once they are known.
final class SpeedBench {
  let cell: CellParameters
  let rounds: Int
  /// Part of the names of the rows that are wanted.
  let only: String
  private var fine: [String: FinePair] = [:]

  init(rounds: Int, only: String) throws {
    cell = try CellFile.load(ShippedProfiles.locate(kind: .cell, name: "chen2020"))
    self.rounds = rounds
    self.only = only
  }

  func wanted(_ name: String) -> Bool { only.isEmpty || name.contains(only) }

  func ownRatios(level: Int) throws -> [OwnRatio] {
    let works: [(String, () throws -> OwnRatio)] = [
      ("spme_step_to_c", stepAgainstC), ("spme_lanes", { try self.lanes(level: level) }),
      ("spme_sensitivities_to_plain", sensitivitiesAgainstPlain),
      ("transaction_to_c", transactionsAgainstC),
    ]
    return try works.filter { wanted($0.0) }.map { try $0.1() }
  }

  typealias Row = (String, (PyBaMMRecord) throws -> ComparisonRow)

  func comparisons(_ record: PyBaMMRecord) throws -> [ComparisonRow] {
    let (before, after): ([Row], [Row]) = (
      [("spme_step", steps), ("dfn_step", dfnSteps)],
      [("spme_sensitivities", sensitivities), ("dfn_sensitivities", dfnSensitivities)]
    )
    func rows(_ works: [Row]) throws -> [ComparisonRow] {
      try works.filter { wanted($0.0) }.map { try $0.1(record) }
    }
    return try rows(before) + solves(record) + rows(after)
  }

  /// The fine solutions of a case, ours computed on first use.
  func finePair(
    _ name: String, _ experiment: PyBaMMRecord.Case, _ settings: ModelSettings
  ) throws -> FinePair {
    if let known = fine[name] { return known }
    var volts = [Double](repeating: .nan, count: experiment.times.count)
    try experiment.profile.run(
      settings.solver(cell), cell, outputTimes: experiment.times, into: &volts)
    let pair = FinePair(ours: volts, theirs: experiment.fine.voltages)
    fine[name] = pair
    return pair
  }

  /// A `CellSolver`'s work against one of PyBaMM's runs.
  func compare(_ solve: Solve, _ record: PyBaMMRecord) throws -> ComparisonRow {
    let experiment = try record.experiment(solve.experiment)
    let (profile, times) = (experiment.profile, experiment.times)
    let pair = try finePair(solve.experiment, experiment, solve.fine)
    let solver = try solve.settings.solver(cell)
    var volts = [Double](repeating: .nan, count: times.count)
    func work(_ outputTimes: [Double]) throws {
      try profile.run(
        solver, cell, outputTimes: outputTimes, stops: solve.stops, into: &volts)
    }
    let timing = try Stopwatch.medians(
      rounds: rounds, [{ try work(solve.outputs ? times : []) }])[0]
    try work(times)
    let theirs = try experiment.run(solve.run)
    return ComparisonRow(
      name: solve.row, work: solve.work, norm: .rms,
      ours: Contender(
        "\(solve.settings)", timing, volts: volts, fine: pair),
      theirs: Contender(theirs.settings, theirs.timing, volts: theirs.voltages, fine: pair),
      fineDistance: pair.distance)
  }
}
