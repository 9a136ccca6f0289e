public import Quantities
public import Records

/// What the scan loop needs of the process around it. Closures, so that the loop knows neither pipes
/// nor files.
public struct Supervision {
  /// Beats the heart; cheap, called at least every 50 ms of wall time.
  public var beat: () -> Void
  /// Tells the guard that the bench is safe and the process will end.
  public var madeSafe: () -> Void
  /// A trip, once the outputs were told to go off: latches the bench (S6), on the disk when it returns.
  public var tripped: (Outcome) -> Void
  /// A sample for the trip's own record: those of the last minute at the trip, then those of the watch
  /// (S9). Kept apart from the journal.
  public var tripRecord: (Sample) -> Void
  /// Whether the guard is gone.
  public var guardIsGone: () -> Bool
  /// The signal that asked the run to stop, or nil.
  public var stopSignal: () -> String?
  /// Takes a record for the journal; never blocks in real pace. False when it was not taken.
  public var sink: (Record) -> Bool
  /// One line when the journal's disk has failed.
  public var journalFailure: () -> String?
  /// Shows a person where the run is.
  public var progress: (RunStatus) -> Void

  /// Supervision from its parts.
  public init(
    beat: @escaping () -> Void, madeSafe: @escaping () -> Void,
    tripped: @escaping (Outcome) -> Void, tripRecord: @escaping (Sample) -> Void,
    guardIsGone: @escaping () -> Bool, stopSignal: @escaping () -> String?,
    sink: @escaping (Record) -> Bool, journalFailure: @escaping () -> String?,
    progress: @escaping (RunStatus) -> Void
  ) {
    self.beat = beat
    self.madeSafe = madeSafe
    self.tripped = tripped
    self.tripRecord = tripRecord
    self.guardIsGone = guardIsGone
    self.stopSignal = stopSignal
    self.sink = sink
    self.journalFailure = journalFailure
    self.progress = progress
  }
}
