extension SPMe {
  /// Cells of every domain.
  package struct MeshSize: Sendable {
    let shells: Int
    let stretch: Double
    let negative: Int
    let separator: Int
    let positive: Int

    /// - Parameter stretch: see `ParticleMesh`.
    package init(shells: Int, stretch: Double, negative: Int, separator: Int, positive: Int) {
      self.shells = shells
      self.stretch = stretch
      self.negative = negative
      self.separator = separator
      self.positive = positive
    }
  }
}

extension SPMe.MeshName {
  var size: SPMe.MeshSize {
    switch self {
    case .coarse:
      SPMe.MeshSize(shells: 10, stretch: 3, negative: 6, separator: 4, positive: 6)
    case .standard:
      SPMe.MeshSize(shells: 40, stretch: 3.5, negative: 24, separator: 12, positive: 24)
    case .fine:
      SPMe.MeshSize(shells: 120, stretch: 4, negative: 80, separator: 40, positive: 80)
    }
  }
}
