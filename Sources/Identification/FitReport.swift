public import Electrochemistry
import Foundation

/// A fit's scores and parameters as lines of text.
public enum FitReport {
  /// The scores of a cell on records that start from their rested voltage.
  public static func scores(_ records: [MeasuredRecord], _ cell: CellParameters) -> [RecordScore] {
    // 2 s keeps the voltage within 0.1 mV; the fit itself is content with longer steps.
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped, longestSubstep: 2)
    return records.map { RecordScore($0, model) }
  }

  /// One line a record: root mean square, mean and largest error above 5 % of charge, mV, and the
  /// temperature's, K; before and after.
  public static func table(before: [RecordScore], after: [RecordScore]) -> String {
    var lines = [
      "record: open-loop error above 5 % of charge, mV rms (mean), K rms; before -> after"
    ]
    for (old, new) in zip(before, after) {
      lines.append("\(new.name): \(text(old)) -> \(text(new))")
    }
    return lines.joined(separator: "\n")
  }

  private static func text(_ score: RecordScore) -> String {
    guard score.voltageRMS.isFinite else { return "out of the model's range" }
    let heat = score.temperatureRMS.map { String(format: ", %.1f", $0) } ?? ""
    let missed = score.missed > 0 ? ", \(score.missed) rows out of range" : ""
    return String(format: "%.1f (%+.1f)", 1000 * score.voltageRMS, 1000 * score.voltageMean)
      + heat + missed
  }

  /// One line a parameter: value, standard deviation, prior; whether it stands at a bound.
  public static func parameters(_ fitted: FittedCell) -> String {
    fitted.parameters.enumerated().map { i, parameter in
      let value = fitted.values[i]
      let isAtBound = value <= parameter.bounds.lowerBound || value >= parameter.bounds.upperBound
      let numbers = String(
        format: "%.4g +- %.2g (prior %.4g +- %.2g)", value, fitted.sd(i), parameter.prior,
        parameter.priorSD)
      return "\(parameter.name): \(numbers)\(isAtBound ? ", at its bound" : "")"
    }.joined(separator: "\n")
  }
}
