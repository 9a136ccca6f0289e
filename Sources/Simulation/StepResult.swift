/// How a step went.
public struct StepResult: Sendable, Hashable {
  /// Why it ended.
  public enum Ending: Sendable, Hashable, CustomStringConvertible {
    /// This end came true.
    case reached(String)
    /// This end was true under the step's control before any time had passed: nothing was done.
    case skipped(String)
    /// None of its ends came true in the time that a step may last by default, s.
    case timeLimit(Double)
    /// The cell's cut-off, V, came before any of its ends: the run ended there.
    case cutOff(CutOff, Double)
    /// The current profile's last point.
    case lastPoint

    /// As in `voltage <= 2.5 V`.
    public var description: String {
      switch self {
      case .reached(let end): end
      case .skipped(let end): "skipped, already \(end)"
      case .timeLimit(let limit): "default time limit of \(limit) s passed before any of its ends"
      case .cutOff(let side, let bound): "the cell's \(side.rawValue) voltage cut-off, \(bound) V"
      case .lastPoint: "last point"
      }
    }
  }

  /// Its `step_count`, from 1.
  public var number: Int
  /// As it was written.
  public var text: String
  /// When it began, s.
  public var start: Double
  /// When it ended, s.
  public var end: Double
  /// Why.
  public var ending: Ending
}
