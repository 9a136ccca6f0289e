/// One side of a row: settings, cost and error of one solution of the work.
struct Contender: Codable, Sendable {
  var settings: String
  var timing: Timing
  /// Against Lockstep on a fine mesh.
  var againstOurs: VoltageError
  /// Against PyBaMM on a fine mesh.
  var againstTheirs: VoltageError

  init(_ settings: String, _ timing: Timing, volts: [Double], fine: FinePair) {
    self.settings = settings
    self.timing = timing
    againstOurs = VoltageError(volts, against: fine.ours)
    againstTheirs = VoltageError(volts, against: fine.theirs)
  }

  /// The worse of both references' verdicts, so that neither side is judged by itself alone.
  func error(_ norm: ErrorNorm) -> Double {
    switch norm {
    case .rms: max(againstOurs.rms, againstTheirs.rms)
    case .largest: max(againstOurs.largest, againstTheirs.largest)
    }
  }
}

/// Which error a bound is on.
enum ErrorNorm: String, Codable, Sendable {
  case rms, largest
}

/// Voltages of the two fine solutions, V; theirs may end earlier.
struct FinePair: Sendable {
  var ours: [Double]
  var theirs: [Double]

  var distance: VoltageError { VoltageError(ours, against: theirs) }
}
