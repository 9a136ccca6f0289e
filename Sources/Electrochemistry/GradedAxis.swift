import Kernels

/// Cells from a wall without flux at 0 to a face at 1.
struct GradedAxis: Sendable {
  let faces: [Double]
  let widths: [Double]
  let inverseDistances: [Double]
  let inverseFaceDistance: Double
  let wallWeight: Double

  init(count: Int, stretch: Double) {
    guard count > 1 else {
      (faces, widths, inverseDistances) = ([0, 1], Array(repeating: 1, count: count), [])
      (inverseFaceDistance, wallWeight) = (2, 0)
      return
    }
    let span = Double.exponential(stretch) - 1
    let faces = (0...count).map { i -> Double in
      let even = Double(i) / Double(count)
      if stretch < 1e-6 { return even }
      return 1 - (Double.exponential(stretch * (1 - even)) - 1) / span
    }
    self.faces = faces
    widths = (0..<count).map { faces[$0 + 1] - faces[$0] }
    // Means of x^2, the profile to be exact for.
    let squares = (0..<count).map { i -> Double in
      let (a, b) = (faces[i], faces[i + 1])
      return (a * a + a * b + b * b) / 3
    }
    inverseDistances = (1..<count).map { i -> Double in
      2 * faces[i] / (squares[i] - squares[i - 1])
    }
    inverseFaceDistance = 2 / (1 - squares[count - 1])
    wallWeight = squares[0] / (squares[1] - squares[0])
  }
}
