import Kernels

/// Points and weights for the mean over an electrode of a smooth function of concentration, read
/// from cell means: Gauss-Legendre points, each on the parabola through the three means around it.
///
/// A sum over the cells would put the function of a mean for the mean of the function, which is
/// second order and costs most of the voltage's error on coarse meshes.
struct ElectrodeQuadrature: Sendable {
  /// Points.
  static let count = 8
  /// First of the three cells of each point, in the electrode's own count.
  let first: [Int]
  /// Their weights.
  let stencil: [SIMD4<Double>]

  /// Of the mean; they sum to 1.
  static let weights = SIMD8<Double>(
    0.10122853629037626 / 2, 0.22238103445337447 / 2, 0.31370664587788729 / 2,
    0.36268378337836198 / 2, 0.36268378337836198 / 2, 0.31370664587788729 / 2,
    0.22238103445337447 / 2, 0.10122853629037626 / 2)

  private static let nodes = [
    -0.96028985649753623, -0.79666647741362674, -0.52553240991632899, -0.18343464249564980,
    0.18343464249564980, 0.52553240991632899, 0.79666647741362674, 0.96028985649753623,
  ]

  /// - Parameter faces: of the cells, 0 to 1, first cell first; three cells or more.
  init(faces: [Double]) {
    let cells = faces.count - 1
    guard cells >= 3 else {
      first = []
      stencil = []
      return
    }
    let points = Self.nodes.map { 0.5 * (1 + $0) }
    let starts = points.map { x -> Int in
      let cell = (0..<cells).last { faces[$0] <= x } ?? 0
      return min(max(cell - 1, 0), cells - 3)
    }
    first = starts
    stencil = zip(points, starts).map { x, start in
      Self.parabola(Array(faces[start...(start + 3)]), at: x)
    }
  }

  /// Weights of three neighbours' means in the value at `x` of the parabola that has these means.
  ///
  /// Its integral is the cubic through the sums of the means at the four faces; its slope at `x`
  /// is Lagrange's.
  private static func parabola(_ faces: [Double], at x: Double) -> SIMD4<Double> {
    // Slope at x of the k-th Lagrange polynomial on the faces.
    func slope(_ k: Int) -> Double {
      var sum = 0.0
      for skipped in 0..<4 where skipped != k {
        var term = 1 / (faces[k] - faces[skipped])
        for j in 0..<4 where j != k && j != skipped {
          term *= (x - faces[j]) / (faces[k] - faces[j])
        }
        sum += term
      }
      return sum
    }
    let slopes = (0..<4).map(slope)
    var weights = SIMD4<Double>(repeating: 0)
    // A cell's mean times its width enters the sum at every face behind it.
    for cell in 0..<3 {
      weights[cell] =
        (faces[cell + 1] - faces[cell]) * slopes[(cell + 1)...].reduce(0, +)
    }
    return weights
  }
}
