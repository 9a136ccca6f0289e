public import Quantities

/// What goes wrong on a rig, and when: the file of `lockstep rig --faults`. Pace time throughout.
public struct FaultFile: Sendable, Hashable {
  /// The file as it was named.
  public var path: String
  /// In the file's order; several may be in force at once.
  public var faults: [Fault]

  /// From its parts.
  public init(path: String, faults: [Fault]) {
    self.path = path
    self.faults = faults
  }
}

/// One thing that goes wrong.
public struct Fault: Sendable, Hashable {
  /// What goes wrong.
  public var effect: FaultEffect
  /// Its `kind`, as written.
  public var kind: FaultKind
  /// Where.
  public var place: Place
  /// When it begins, s of pace time since the rig began.
  public var from: Seconds
  /// When it ends; nil: never.
  public var to: Seconds?
  /// Line of its table in the file.
  public var line: Int

  /// Where a fault acts.
  public enum Place: Sendable, Hashable {
    /// An instrument of the bench, by its name there.
    case device(String)
    /// One port of the rig's announcement.
    case port(String)
    /// A value that an instrument measures, as `meter.cell_voltage`.
    case reading(String)
    /// The cell, the wires or the contactor, of which there is one.
    case bench
  }
}
