import Foundation

/// Errors on ever finer meshes or steps, and the order that they show.
package struct OrderStudy {
  /// Cells or steps, growing.
  package var sizes: [Double]
  /// One for each size.
  package var errors: [Double]

  /// From each size's error.
  package init(_ sizes: [Int], error: (Int) throws -> Double) rethrows {
    self.sizes = sizes.map(Double.init)
    errors = try sizes.map(error)
  }

  /// From differences of neighbours, where no exact value is at hand: of sizes, all but the last.
  package init(differences sizes: [Int], value: (Int) throws -> [Double]) rethrows {
    let values = try sizes.map(value)
    self.sizes = sizes.dropLast().map(Double.init)
    errors = (0..<(values.count - 1)).map { k in
      zip(values[k], values[k + 1]).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }
  }

  /// Of the two finest.
  package var order: Double {
    let n = errors.count
    guard n >= 2 else { return .nan }
    return log(errors[n - 2] / errors[n - 1]) / log(sizes[n - 1] / sizes[n - 2])
  }

  /// The law that the order is `theory` or higher.
  ///
  /// - Parameters:
  ///   - slack: how far below theory still passes; meshes are finite.
  ///   - floor: errors this small are rounding, whatever their order.
  package func row(
    _ name: String, _ law: String, theory: Double, slack: Double = 0.25, unit: String = "",
    floor: Double = 0
  ) -> VerificationRow {
    let list = errors.map { String(format: "%.1e", $0) }.joined(separator: ", ")
    let seen = String(format: "order %.2f", order)
    let bound = theory - slack
    return VerificationRow(
      name: name, law: law, theory: String(format: "order %g", theory),
      observed: "\(seen); errors \(list)\(unit.isEmpty ? "" : " \(unit)")",
      bound: String(format: "order >= %g", bound),
      passed: order >= bound || (errors.last.map { $0 <= floor } ?? false))
  }
}

extension VerificationRow {
  /// The law that a figure is at most `bound` in size.
  package init(
    _ name: String, _ law: String, _ value: Double, atMost bound: Double, unit: String = "",
    theory: String = "0"
  ) {
    let tail = unit.isEmpty ? "" : " \(unit)"
    self.init(
      name: name, law: law, theory: theory, observed: String(format: "%.1e", value) + tail,
      bound: String(format: "%.0e", bound) + tail, passed: value.magnitude <= bound)
  }

  /// The law that a figure lies between bounds.
  package init(
    _ name: String, _ law: String, _ value: Double, within range: ClosedRange<Double>,
    theory: String, detail: String = ""
  ) {
    self.init(
      name: name, law: law, theory: theory,
      observed: String(format: "%.2f", value) + (detail.isEmpty ? "" : "; \(detail)"),
      bound: "\(range.lowerBound) to \(range.upperBound)", passed: range.contains(value))
  }
}
