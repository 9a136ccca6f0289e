/// Loops over rows of particles, on plain memory: what costs time beside the model.
enum ParticleRows {
  /// centre += scale * sum of w x over the particles of `range`.
  static func addMean(
    _ rows: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ range: Range<Int>,
    scale: Double, width n: Int, to centre: UnsafeMutablePointer<Double>
  ) {
    for particle in range where weights[particle] > 0 {
      let weight = scale * weights[particle]
      let row = rows + particle * n
      for j in 0..<n { centre[j] += weight * row[j] }
    }
  }

  /// gains += scale * sum of w (y - ȳ) (x - x̄).
  static func addCovariance(
    _ rows: UnsafePointer<Double>, mean: UnsafePointer<Double>, width n: Int,
    with values: UnsafePointer<Double>, stride: Int, valueMean: Double,
    _ weights: UnsafePointer<Double>, _ range: Range<Int>, scale: Double,
    to gains: UnsafeMutablePointer<Double>
  ) {
    for particle in range where weights[particle] > 0 {
      let own = scale * weights[particle] * (values[particle * stride] - valueMean)
      let row = rows + particle * n
      for j in 0..<n { gains[j] += own * (row[j] - mean[j]) }
    }
  }

  /// squares += scale * sum of w (x - x̄)2, for some entries.
  static func addSquares(
    _ rows: UnsafePointer<Double>, mean: UnsafePointer<Double>, width n: Int,
    _ weights: UnsafePointer<Double>, _ range: Range<Int>, scale: Double, entries: Range<Int>,
    to squares: UnsafeMutablePointer<Double>
  ) {
    for particle in range where weights[particle] > 0 {
      let weight = scale * weights[particle]
      let row = rows + particle * n
      for j in entries {
        let difference = row[j] - mean[j]
        squares[j] += weight * difference * difference
      }
    }
  }

  /// x += gain * step.
  static func add(
    _ gains: UnsafePointer<Double>, times step: Double, to row: UnsafeMutablePointer<Double>,
    width n: Int
  ) {
    for j in 0..<n { row[j] += gains[j] * step }
  }

  /// target = centre + keep (x - centre) + spread (a - b).
  static func redraw(
    _ x: UnsafePointer<Double>, about centre: UnsafePointer<Double>, keep: Double,
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, spread: Double, width n: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<n {
      target[j] = centre[j] + keep * (x[j] - centre[j]) + spread * (a[j] - b[j])
    }
  }

  /// Lower triangles of `range`: each entry by the product of its factors, the diagonal plus its variance.
  static func widen(
    _ covariances: UnsafeMutablePointer<Double>, count: Int, by factors: UnsafePointer<Double>,
    plus variances: UnsafePointer<Double>, order k: Int
  ) {
    let packed = k * (k + 1) / 2
    for particle in 0..<count {
      var row = covariances + particle * packed
      for a in 0..<k {
        for b in 0...a { row[b] *= factors[a] * factors[b] }
        row[a] += variances[a]
        row += a + 1
      }
    }
  }

  static func copy(
    _ rows: UnsafeMutablePointer<Double>, from source: Int, to target: Int, width n: Int
  ) {
    (rows + target * n).update(from: rows + source * n, count: n)
  }
}
