/// Equal cells in each of negative electrode, separator and positive electrode.
struct ElectrolyteMesh: Sendable {
  let negative: Int
  let separator: Int
  let positive: Int
  /// Salt source of each cell per unit of current source: minus one in all over the negative
  /// electrode (a charge takes lithium from the salt there), plus one over the positive.
  let sourceShape: [Double]

  init(negative: Int, separator: Int, positive: Int) {
    self.negative = negative
    self.separator = separator
    self.positive = positive
    sourceShape =
      Array(repeating: -1 / Double(negative), count: negative)
      + Array(repeating: 0, count: separator)
      + Array(repeating: 1 / Double(positive), count: positive)
  }

  var count: Int { negative + separator + positive }
}
