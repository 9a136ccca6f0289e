import Foundation

/// A share as a person writes it: `0.5` or `50 %`.
enum Fraction {
  /// - Throws: a line that names `option`.
  static func parse(
    _ text: String, _ option: String, _ range: ClosedRange<Double>
  ) throws -> Double {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    let isPercent = trimmed.hasSuffix("%")
    let number = isPercent ? trimmed.dropLast().trimmingCharacters(in: .whitespaces) : trimmed
    guard !number.lowercased().contains("x"),
      let value = Double(number).map({ isPercent ? $0 / 100 : $0 }), range.contains(value)
    else {
      func bound(_ value: Double) -> String {
        value.rounded() == value ? "\(Int(value))" : "\(value)"
      }
      throw CommandFailure(
        status: 2,
        message:
          "\(option) \(text): must be \(bound(range.lowerBound))..\(bound(range.upperBound)) "
          + "or a percentage, as in \"50 %\"")
    }
    return value
  }
}
