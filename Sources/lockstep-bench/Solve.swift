import Electrochemistry

/// A row of the table whose work is a `CellSolver` run over a profile.
struct Solve {
  /// Its name in the thresholds.
  var row: String
  var work: String
  /// Case and run in PyBaMM's record.
  var experiment: String
  var run: String
  var settings: ModelSettings
  /// What judges it.
  var fine: ModelSettings
  /// End the run; the output times come before.
  var stops: [StopCondition]
  /// Whether the timed run gives the voltages; else they come from a run of its own.
  var outputs: Bool

  init(
    _ row: String, _ work: String, of experiment: String? = nil, run: String,
    _ settings: ModelSettings, fine: ModelSettings? = nil,
    stops: [StopCondition] = [], outputs: Bool = true
  ) {
    self.row = row
    self.work = work
    self.experiment = experiment ?? row
    self.run = run
    self.settings = settings
    switch settings {
    case .spme: self.fine = fine ?? .fineSPMe
    case .dfn: self.fine = fine ?? .fineDFN
    }
    self.stops = stops
    self.outputs = outputs
  }
}
