import Kernels

extension SPMe {
  /// Advances the salt by `h`, s. Fluxes between unlike neighbours by harmonic means.
  @inline(__always)
  func advanceElectrolyte<S: Scalar>(
    _ salt: UnsafeMutablePointer<S>, coefficients c: SPMeCoefficients<S>, temperature: S,
    currents: (S, S), duration h: Double, scratch: SPMeScratch<S>
  ) {
    let mesh = electrolyteMesh
    let n = mesh.count
    let (first, second) = (mesh.negative, mesh.negative + mesh.separator)
    for i in 0..<first { scratch.capacity[i] = c.negative.porous.capacity }
    for i in first..<second { scratch.capacity[i] = c.separator.capacity }
    for i in second..<n { scratch.capacity[i] = c.positive.porous.capacity }
    let rate =
      c.diffusivityFactor
      * SPMeCoefficients<S>.arrhenius(
        c.diffusivityActivation, temperature, reference: functions.referenceTemperature)
    let (gn, gs, gp) = (
      rate * c.negative.porous.conductance, rate * c.separator.conductance,
      rate * c.positive.porous.conductance
    )
    let d = scratch.diffusivity
    mesh.sourceShape.withUnsafeBufferPointer { shape in
      guard let shape = shape.baseAddress else { return }
      DiffusionStep.advance(
        salt, count: n, duration: h, scratch: scratch,
        sources: (c.saltSource * currents.0, c.saltSource * currents.1), shape: shape,
        constant: false
      ) { w, g in
        for i in 0..<n { d[i] = functions.electrolyteDiffusivity(w[i]) }
        for i in 0..<(first - 1) { g[i] = gn * (d[i] + d[i + 1]) * 0.5 }
        for i in first..<(second - 1) { g[i] = gs * (d[i] + d[i + 1]) * 0.5 }
        for i in second..<(n - 1) { g[i] = gp * (d[i] + d[i + 1]) * 0.5 }
        g[first - 1] = Self.faceConductance(gn * d[first - 1], gs * d[first])
        g[second - 1] = Self.faceConductance(gs * d[second - 1], gp * d[second])
      }
    }
  }

  /// Two half cells in series.
  @inline(__always)
  static func faceConductance<S: Scalar>(_ a: S, _ b: S) -> S { a * b * 2 / (a + b) }
}
