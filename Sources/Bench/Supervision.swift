public import Records

/// What the scan loop needs of the process around it. Closures, so that the loop knows neither pipes
/// nor files.
public struct Supervision {
  /// Beats the heart; cheap, called at least every 50 ms of wall time.
  public var beat: () -> Void
  /// Tells the guard that the bench is safe and the process will end.
  public var madeSafe: () -> Void
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
    guardIsGone: @escaping () -> Bool, stopSignal: @escaping () -> String?,
    sink: @escaping (Record) -> Bool, journalFailure: @escaping () -> String?,
    progress: @escaping (RunStatus) -> Void
  ) {
    self.beat = beat
    self.madeSafe = madeSafe
    self.guardIsGone = guardIsGone
    self.stopSignal = stopSignal
    self.sink = sink
    self.journalFailure = journalFailure
    self.progress = progress
  }
}
