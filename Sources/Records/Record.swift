public import Quantities

/// One row on its way to the journal.
public enum Record: Sendable {
  case header(RunHeader)
  /// A copy of an input file: role (`bench`, `cell`, `limits`, `campaign`, `protocol`, `profile`),
  /// name and content.
  case input(role: String, name: String, content: [UInt8])
  case sample(Sample, step: Int, phase: Int)
  case estimate(Estimate)
  case decision(Decision)
  case command(CommandRecord)
  case event(Event)
  case timing(Timing)
  case charge(ChargeRecord)
  /// The run goes on after a stop; the first sitting is the header's.
  case sitting(Sitting)
  /// What the rig's clock read at a time of the run, s.
  case paceMark(time: Seconds, pace: Double)
  /// Last row of a sitting: exit status and one line.
  case ended(status: Int, message: String, time: Seconds, unixTime: Double)
}
