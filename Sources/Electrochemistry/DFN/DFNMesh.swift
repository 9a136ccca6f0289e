import Kernels

/// How finely a DFN is cut: equal counts in both electrodes.
package struct DFNMesh: Sendable {
  /// Particle shells, thinner towards the surface by `stretch` (see `ParticleMesh`).
  package var shells: Int
  package var stretch: Double
  /// Cells of each electrode, thinner towards the separator.
  package var electrode: Int
  /// ln of the ratio of the cell at the collector to that at the separator, about; 0 = equal.
  package var grading: Double
  /// Equal cells of the separator.
  package var separator: Int

  package init(shells: Int, stretch: Double, electrode: Int, grading: Double, separator: Int) {
    self.shells = shells
    self.stretch = stretch
    self.electrode = electrode
    self.grading = grading
    self.separator = separator
  }

  /// Widths of an electrode's cells, collector first, of total 1.
  var widths: [Double] {
    guard grading > 0 else {
      return Array(repeating: 1 / Double(electrode), count: electrode)
    }
    let span = 1 - Double.exponential(-grading)
    let faces = (0...electrode).map { i in
      (1 - Double.exponential(-grading * Double(i) / Double(electrode))) / span
    }
    return (0..<electrode).map { faces[$0 + 1] - faces[$0] }
  }
}
