extension SPMe {
  /// Cells of every domain.
  package struct MeshSize: Sendable {
    let shells: Int
    let stretch: Double
    let negative: Int
    let separator: Int
    let positive: Int
    let electrolyteStretch: Double

    /// - Parameters:
    ///   - stretch: see `ParticleMesh`.
    ///   - electrolyteStretch: see `ElectrolyteMesh`.
    package init(
      shells: Int, stretch: Double, negative: Int, separator: Int, positive: Int,
      electrolyteStretch: Double = 0
    ) {
      self.shells = shells
      self.stretch = stretch
      self.negative = negative
      self.separator = separator
      self.positive = positive
      self.electrolyteStretch = electrolyteStretch
    }
  }
}

extension SPMe.MeshName {
  var size: SPMe.MeshSize {
    switch self {
    case .coarse:
      SPMe.MeshSize(shells: 10, stretch: 2.5, negative: 6, separator: 2, positive: 6)
    case .medium:
      SPMe.MeshSize(
        shells: 16, stretch: 2.2, negative: 8, separator: 3, positive: 8, electrolyteStretch: 0.5)
    case .standard:
      SPMe.MeshSize(
        shells: 28, stretch: 2.6, negative: 12, separator: 5, positive: 12, electrolyteStretch: 0.5)
    case .fine:
      SPMe.MeshSize(shells: 120, stretch: 4, negative: 80, separator: 40, positive: 80)
    }
  }
}

extension SPMe {
  /// Widths of the electrolyte's cells in negative electrode, separator and positive electrode,
  /// as shares of each.
  package var electrolyteWidths: [[Double]] {
    let mesh = electrolyteMesh
    let second = mesh.negative + mesh.separator
    return [
      Array(mesh.widths[..<mesh.negative]), Array(mesh.widths[mesh.negative..<second]),
      Array(mesh.widths[second...]),
    ]
  }
}
