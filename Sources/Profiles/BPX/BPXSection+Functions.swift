import Electrochemistry
import Kernels

extension BPXSection {
  /// A function of stoichiometry or concentration: a number, an expression in x, or a table.
  ///
  /// - Parameters:
  ///   - ranges: of x; an expression becomes a spline over the first in which it has finite values
  ///     (rational fits have poles outside the range they were fitted in).
  ///   - accuracy: largest spline error, in the function's unit.
  ///   - relative: added to it, times the value's magnitude.
  ///   - order: of what joins the points of a table: 1, straight lines, or 3, a cubic spline.
  ///   - otherwise: for an absent key; nil makes the key necessary.
  func function(
    _ key: String, over ranges: [ClosedRange<Double>], accuracy: Double = 0, relative: Double = 0,
    order: Int = 1, otherwise: Double? = nil
  ) throws(ProfileError) -> ParameterFunction {
    if let otherwise, !has(key) { return ParameterFunction(PiecewiseCubic(constant: otherwise)) }
    let value = try value(key)
    switch value.content {
    case .number(let constant, _):
      return ParameterFunction(PiecewiseCubic(constant: constant))
    case .string(let text):
      return ParameterFunction(
        try spline(key, text, over: ranges, accuracy: accuracy, relative: relative))
    case .object:
      let table = try section(key, known: ["x", "y"])
      let (x, y) = (try table.numbers("x"), try table.numbers("y"))
      do {
        return ParameterFunction(
          try order == 1 ? PiecewiseCubic(table: x, y) : PiecewiseCubic(splineThrough: x, y))
      } catch {
        throw failure(key, error.description)
      }
    case .array, .bool, .null:
      throw failure(key, "a number, an expression in x or a table {\"x\": [], \"y\": []} wanted")
    }
  }

  private func spline(
    _ key: String, _ text: String, over ranges: [ClosedRange<Double>], accuracy: Double,
    relative: Double
  ) throws(ProfileError) -> PiecewiseCubic {
    let expression = try expression(key, text)
    var reason = "no range given"
    for range in ranges {
      do {
        return try PiecewiseCubic(
          spline: { expression($0) }, over: range, errorBound: accuracy, relative: relative,
          values: { expression($0) })
      } catch {
        reason = error.description
      }
    }
    throw failure(key, "as a spline: \(reason)")
  }

  /// The expression that stands under `key`.
  func expression(_ key: String, _ text: String) throws(ProfileError) -> Expression {
    do {
      return try ExpressionParser.parse(text)
    } catch {
      throw failure(key, error.problem)
    }
  }

  func numbers(_ key: String) throws(ProfileError) -> [Double] {
    guard case .array(let elements) = try value(key).content else {
      throw failure(key, "an array of numbers wanted")
    }
    guard elements.count <= 100_000 else { throw failure(key, "more than 100000 values") }
    var numbers: [Double] = []
    numbers.reserveCapacity(elements.count)
    for (i, element) in elements.enumerated() {
      guard case .number(let value, _) = element.content else {
        throw ProfileError(
          file: file, line: element.line, key: "\(path).\(key)[\(i)]", value: element.shown,
          "a number wanted")
      }
      numbers.append(value)
    }
    return numbers
  }
}
