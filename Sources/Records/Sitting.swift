public import Quantities

/// One stretch of a run, from a start of its controller to that controller's end: a run that was stopped and
/// went on has several.
public struct Sitting: Sendable, Hashable {
  /// Number of its first scan.
  public var firstScan: Int
  /// Time on the run's clock at which it began, s from the run's start; a stop before it is counted.
  public var time: Seconds
  /// Unix time of the same instant.
  public var unixTime: Double
  /// Lockstep's version.
  public var version: String

  /// A sitting from its parts.
  public init(firstScan: Int, time: Seconds, unixTime: Double, version: String) {
    self.firstScan = firstScan
    self.time = time
    self.unixTime = unixTime
    self.version = version
  }
}
