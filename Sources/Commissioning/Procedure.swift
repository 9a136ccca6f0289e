public import Quantities

/// What a procedure wants of the bench until the next scan.
public struct BenchOrder: Sendable, Hashable {
  /// What becomes of the dead-man contactor.
  public enum Contactor: Sendable, Hashable {
    /// Re-armed: closed until the hold is over.
    case rearmed
    /// Told to open.
    case open
    /// Not spoken to: it stays or falls by itself.
    case untouched
  }

  /// What becomes of supply and load.
  public enum Drive: Sendable, Hashable {
    /// Both off, seen off.
    case off
    /// A current, positive charges; never zero.
    case current(Amperes)
  }

  /// What becomes of the contactor.
  public var contactor: Contactor
  /// What becomes of supply and load.
  public var drive: Drive

  /// Everything off and open.
  public static let safe = BenchOrder(.open, .off)

  /// An order from its parts.
  public init(_ contactor: Contactor, _ drive: Drive) {
    self.contactor = contactor
    self.drive = drive
  }
}

/// A set-up procedure: sample in, order out. Pure; holds no port and reads no clock.
public protocol Procedure {
  /// Takes one scan's sample.
  mutating func next(_ sample: Sample) -> ProcedureTurn
  /// Whether the envelope judges the sample that comes next. False only while the bench is off and
  /// open and the procedure itself judges what it sees.
  var isJudged: Bool { get }
  /// What it does, for a person.
  var title: String { get }
}

/// What a procedure says to a sample.
public enum ProcedureTurn: Sendable, Hashable {
  /// Go on with this.
  case order(BenchOrder)
  /// It is over; nil: everything was as it should be, else one line that says what was not.
  case finished(String?)
}
