/// Combinations of ln of parameters' factors that change nothing that is measured.
///
/// The matrix is scaled to a unit diagonal; eigenvalues below `threshold` are rounding, not information:
/// duals are exact to 1e-16, and what is merely weak in experiments over the whole range lies above 1e-9.
struct NullDirections {
  static let threshold = 1e-11
  /// A share of a combination below this is rounding.
  private static let least = 1e-3

  /// For each: exponents by parameter, the largest of magnitude 1.
  let directions: [[Double]]

  init(_ information: FisherInformation) {
    let n = information.count
    let scale = (0..<n).map { k in
      let d = information.matrix[k * n + k]
      return d > 0 ? 1 / d.squareRoot() : 0
    }
    var scaled = information.matrix
    for a in 0..<n { for b in 0..<n { scaled[a * n + b] *= scale[a] * scale[b] } }
    let spectrum = SymmetricSpectrum(scaled, count: n)
    var basis = zip(spectrum.values, spectrum.vectors).filter { $0.0 < Self.threshold }.map(\.1)
    Self.reduce(&basis)
    directions = basis.map { vector in
      let kept = vector.map { $0.magnitude < Self.least ? 0 : $0 }
      let plain = zip(kept, scale).map { $1 > 0 ? $0 * $1 : $0 }
      let most = plain.map(\.magnitude).max() ?? 1
      return plain.map { $0 / most }
    }
  }

  /// To few entries each: reduced echelon form with pivoting, so that separate combinations stay separate.
  private static func reduce(_ basis: inout [[Double]]) {
    for k in basis.indices {
      guard
        let (row, column) = (k..<basis.count)
          .flatMap({ r in basis[r].indices.map { (r, $0) } })
          .max(by: { basis[$0.0][$0.1].magnitude < basis[$1.0][$1.1].magnitude }),
        basis[row][column] != 0
      else { return }
      basis.swapAt(k, row)
      let pivot = basis[k][column]
      basis[k] = basis[k].map { $0 / pivot }
      for r in basis.indices where r != k {
        let factor = basis[r][column]
        basis[r] = zip(basis[r], basis[k]).map { $0 - factor * $1 }
      }
    }
  }
}
