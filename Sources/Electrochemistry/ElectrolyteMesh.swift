// Goals, in order: 1. conserve salt to rounding; 2. exact for the profile that a constant current
// settles into: a parabola with its vertex at the current collector in the electrodes, a line in
// the separator; 3. the layers at the separator faces resolved with few cells.

/// Cells of negative electrode, separator and positive electrode; in the electrodes thinner
/// towards the separator. Lengths are fractions of their domain's thickness.
struct ElectrolyteMesh: Sendable {
  let negative: Int
  let separator: Int
  let positive: Int
  /// Width of each cell.
  let widths: [Double]
  /// For each inner face of a domain: one over the distance that makes the difference of the
  /// neighbours' means give the slope at the face; 0 at the separator faces.
  let inverseDistances: [Double]
  /// Salt source of each cell per unit of current source: minus one in all over the negative
  /// electrode (a charge takes lithium from the salt there), plus one over the positive.
  let sourceShape: [Double]
  /// One over the distance from a cell's mean to the separator face, for the four cells there.
  let negativeFace: Double
  let separatorFace: Double
  let positiveFace: Double
  /// Value at the wall = mean of the cell there + this times its difference from the next.
  let negativeWall: Double
  let positiveWall: Double
  /// Points that means over an electrode are taken at.
  let negativeQuadrature: ElectrodeQuadrature
  let positiveQuadrature: ElectrodeQuadrature

  /// - Parameter stretch: ln of the ratio of the widest to the thinnest cell, about.
  init(negative: Int, separator: Int, positive: Int, stretch: Double) {
    self.negative = negative
    self.separator = separator
    self.positive = positive
    let n = GradedAxis(count: negative, stretch: stretch)
    let p = GradedAxis(count: positive, stretch: stretch)
    let middle = [Double](repeating: 1 / Double(max(separator, 1)), count: separator)
    let inner = [Double](repeating: Double(separator), count: max(separator - 1, 0))
    let reversed = [Double](p.widths.reversed())
    widths = n.widths + middle + reversed
    inverseDistances =
      n.inverseDistances + [0] + inner + [0] + [Double](p.inverseDistances.reversed())
    negativeFace = n.inverseFaceDistance
    positiveFace = p.inverseFaceDistance
    separatorFace = 2 * Double(separator)
    sourceShape = n.widths.map { -$0 } + [Double](repeating: 0, count: separator) + reversed
    negativeWall = n.wallWeight
    positiveWall = p.wallWeight
    negativeQuadrature = ElectrodeQuadrature(faces: n.faces)
    positiveQuadrature = ElectrodeQuadrature(faces: p.faces.reversed().map { 1 - $0 })
  }

  var count: Int { negative + separator + positive }
}
