package import Kernels

extension SPMe {
  /// What `step` reads of a cell, as plain numbers: for a benchmark that does the same arithmetic
  /// in another language. Units as in `SPMeCoefficients`.
  package struct StepTables: Sendable {
    /// One electrode's particle.
    package struct Particle: Sendable {
      package let mesh: ParticleMesh
      package let inverseRadiusSquared: Double
      package let diffusivityActivation: Double
      package let diffusivity: PiecewiseCubic
      package let surfaceSource: Double
      package let range: ClosedRange<Double>
    }

    package let negative: Particle
    package let positive: Particle
    /// Cells of negative electrode, separator, positive electrode.
    package let cells: [Int]
    package let widths: [Double]
    package let inverseDistances: [Double]
    package let sourceShape: [Double]
    /// One over the distance to the separator faces, per domain.
    package let faces: [Double]
    package let capacities: [Double]
    package let conductances: [Double]
    package let saltSource: Double
    package let saltFactor: Double
    package let saltActivation: Double
    package let saltDiffusivity: PiecewiseCubic
    package let saltPotential: PiecewiseCubic
    package let referenceTemperature: Double
    package let currentBound: Double
  }

  /// Read once, when asked.
  package var stepTables: StepTables {
    func particle(
      _ mesh: ParticleMesh, _ c: SPMeCoefficients<Double>.Electrode, _ f: ModelFunctions.Electrode
    ) -> StepTables.Particle {
      StepTables.Particle(
        mesh: mesh, inverseRadiusSquared: c.inverseRadiusSquared,
        diffusivityActivation: c.diffusivityActivation, diffusivity: f.diffusivity,
        surfaceSource: c.surfaceSource, range: f.range)
    }
    let (c, mesh) = (coefficients, electrolyteMesh)
    let porous = [c.negative.porous, c.separator, c.positive.porous]
    return StepTables(
      negative: particle(negativeMesh, c.negative, functions.negative),
      positive: particle(positiveMesh, c.positive, functions.positive),
      cells: [mesh.negative, mesh.separator, mesh.positive], widths: mesh.widths,
      inverseDistances: mesh.inverseDistances, sourceShape: mesh.sourceShape,
      faces: [mesh.negativeFace, mesh.separatorFace, mesh.positiveFace],
      capacities: porous.map(\.capacity), conductances: porous.map(\.conductance),
      saltSource: c.saltSource, saltFactor: c.diffusivityFactor,
      saltActivation: c.diffusivityActivation, saltDiffusivity: functions.electrolyteDiffusivity,
      saltPotential: functions.electrolytePotential,
      referenceTemperature: functions.referenceTemperature,
      currentBound: functions.currentBound)
  }
}
