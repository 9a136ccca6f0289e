extension Supervision {
  /// Why the loop is to end, whatever it is at; nil: it is not.
  package func interruption() -> Outcome? {
    if let signal = stopSignal() {
      return Outcome(status: 130, message: "stopped by \(signal)")
    }
    if guardIsGone() { return Outcome(status: 3, message: "the guard is dead") }
    return journalFailure().map { Outcome(status: 3, message: $0) }
  }
}
