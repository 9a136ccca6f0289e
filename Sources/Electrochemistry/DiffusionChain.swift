package import Kernels

/// One chain of cells of a model as plain numbers, for a benchmark that does the same arithmetic in
/// another language: C w' = div(rate geometry grad P(w)) + source shape I.
package struct DiffusionChain: Sendable {
  /// C of each cell.
  package let capacities: [Double]
  /// Of each inner face.
  package let geometry: [Double]
  /// Share of each cell in the source.
  package let shape: [Double]
  /// Times the geometry: conductance.
  package let rate: Double
  /// Per A.
  package let source: Double
  /// P and its slope; nil where P is w itself.
  package let potential: (value: PiecewiseCubic, slope: PiecewiseCubic)?
}

extension SPMe {
  /// The model's chains at a temperature, K, in the order of its state.
  package func diffusionChains(temperature: Double) -> [DiffusionChain] {
    let c = coefficients
    func particle(
      _ mesh: ParticleMesh, _ electrode: SPMeCoefficients<Double>.Electrode,
      _ functions: ModelFunctions.Electrode
    ) -> DiffusionChain {
      DiffusionChain(
        capacities: mesh.volumes, geometry: mesh.conductances, shape: mesh.surfaceShape,
        rate: particleRate(electrode, temperature: temperature)
          * (functions.diffusivity.constant ?? 1),
        source: electrode.surfaceSource,
        potential: functions.diffusivity.constant == nil
          ? (functions.diffusionPotential, functions.diffusivity) : nil)
    }
    var chains = [
      particle(negativeMesh, c.negative, functions.negative),
      particle(positiveMesh, c.positive, functions.positive),
    ]
    if model == .spm { return chains }
    let mesh = electrolyteMesh
    var conductances = [Double](repeating: 0, count: mesh.count)
    conductances.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      electrolyteConductances(c, rate: 1, into: base)
    }
    let domains = [
      (mesh.negative, c.negative.porous), (mesh.separator, c.separator),
      (mesh.positive, c.positive.porous),
    ].flatMap { count, domain in [Double](repeating: domain.capacity, count: count) }
    chains.append(
      DiffusionChain(
        capacities: zip(domains, mesh.widths).map { $0 * $1 },
        geometry: Array(conductances.dropLast()), shape: mesh.sourceShape,
        rate: saltRate(c, temperature: temperature), source: c.saltSource,
        potential: functions.electrolyteDiffusivity.constant == nil
          ? (functions.electrolytePotential, functions.electrolyteDiffusivity) : nil))
    return chains
  }
}
