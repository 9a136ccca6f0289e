import Kernels

// Goals, in order: 1. conserve lithium to rounding; 2. exact for the parabolic profile that a
// constant current settles into; 3. resolve the surface layer, sqrt(D t), of the first second
// with few shells.

/// Spherical shells of a particle of radius 1, thinner towards the surface.
package struct ParticleMesh: Sendable {
  /// Shells.
  package let count: Int
  /// Volume over 4 pi of each shell; they sum to 1/3.
  package let volumes: [Double]
  /// Area over 4 pi, divided by the distance of the shell means, for each inner face.
  package let conductances: [Double]
  /// The surface source enters the last shell only.
  package let surfaceShape: [Double]
  /// Surface value = last * mean of last shell + inner * mean of the one below + gradient * dx/dr.
  package let surfaceLast: Double
  package let surfaceInner: Double
  package let surfaceGradient: Double

  /// - Parameters:
  ///   - count: shells, at least 2.
  ///   - stretch: ln of the ratio of first to last shell thickness, about; 0 < stretch.
  package init(count: Int, stretch: Double) {
    self.count = count
    let span = Double.exponential(stretch) - 1
    let faces = (0...count).map { i -> Double in
      if i == 0 { return 0 }
      return 1 - (Double.exponential(stretch * (1 - Double(i) / Double(count))) - 1) / span
    }
    func power(_ x: Double, _ n: Int) -> Double {
      (0..<n).reduce(1.0) { product, _ in product * x }
    }
    func moment(_ i: Int, _ n: Int) -> Double {
      (power(faces[i + 1], n + 3) - power(faces[i], n + 3)) / Double(n + 3)
    }
    let volumes = (0..<count).map { moment($0, 0) }
    let first = (0..<count).map { moment($0, 1) / volumes[$0] }
    let second = (0..<count).map { moment($0, 2) / volumes[$0] }
    self.volumes = volumes
    surfaceShape = (0..<count).map { $0 == count - 1 ? 1 : 0 }
    // The distance that makes the difference of shell means of r^2 give 2 r at the face.
    conductances = (0..<(count - 1)).map { i in
      let r = faces[i + 1]
      return r * r / ((second[i + 1] - second[i]) / (2 * r))
    }
    // Parabola through the two outer shell means with the known gradient at the surface.
    let outer = count - 1
    let inner = count - 2
    let (a1, b1) = (first[outer] - 1, first[inner] - 1)
    let a2 = second[outer] - 2 * first[outer] + 1
    let b2 = second[inner] - 2 * first[inner] + 1
    let ratio = a2 / (b2 - a2)
    surfaceLast = 1 + ratio
    surfaceInner = -ratio
    surfaceGradient = ratio * (b1 - a1) - a1
  }
}
