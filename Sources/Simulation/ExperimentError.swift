public import Electrochemistry

/// Why an experiment did not come to its end.
public enum ExperimentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It would write more rows in one step than `ExperimentRun.mostRows`.
  case tooManyRows(step: String, period: Double)
  /// The cell left the model's range.
  case model(ModelError, time: Double, stepCount: Int, step: String)

  /// One line.
  public var description: String {
    switch self {
    case .tooManyRows(let step, let period):
      "\(step): a row every \(period) s may come to more than \(ExperimentRun.mostRows) rows; "
        + "a longer period is wanted"
    case .model(let error, let time, let count, let step):
      "at \(time) s, step \(count), \(step): \(error)"
    }
  }
}
