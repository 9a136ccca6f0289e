import Kernels

extension SPMe {
  /// Advances the salt by `h`, s.
  @inline(__always)
  func advanceElectrolyte<S: Scalar>(
    _ salt: UnsafeMutablePointer<S>, coefficients c: SPMeCoefficients<S>, temperature: S,
    currents: (S, S), duration h: Double, scratch: SPMeScratch<S>
  ) {
    let mesh = electrolyteMesh
    let n = mesh.count
    let (first, second) = (mesh.negative, mesh.negative + mesh.separator)
    mesh.widths.withUnsafeBufferPointer { widths in
      for i in 0..<first { scratch.capacity[i] = c.negative.porous.capacity * widths[i] }
      for i in first..<second { scratch.capacity[i] = c.separator.capacity * widths[i] }
      for i in second..<n { scratch.capacity[i] = c.positive.porous.capacity * widths[i] }
    }
    mesh.sourceShape.withUnsafeBufferPointer { shape in
      guard let shape = shape.baseAddress else { return }
      electrolyteConductances(
        c, rate: saltRate(c, temperature: temperature), into: scratch.conductance)
      DiffusionStep.advance(
        salt, count: n, duration: h, scratch: scratch,
        sources: (c.saltSource * currents.0, c.saltSource * currents.1), shape: shape,
        linear: functions.electrolyteDiffusivity.constant != nil
      ) { w, potential in
        Self.map(w, n, functions.electrolytePotential, into: potential)
      } slopes: { w, slope in
        Self.mapFaces(w, n, functions.electrolyteDiffusivity, into: slope)
      }
    }
  }

  /// Salt diffusivity's factor at a temperature, K.
  @inline(__always)
  func saltRate<S: Scalar>(_ c: SPMeCoefficients<S>, temperature: S) -> S {
    c.diffusivityFactor
      * SPMeCoefficients<S>.arrhenius(
        c.diffusivityActivation, temperature, reference: functions.referenceTemperature)
  }

  /// Conductance between each cell and the next: of concentration, m/s, where diffusivity is
  /// constant, of the diffusion potential, 1/m, else. At the separator faces two half cells in
  /// series, which is exact for any diffusivity because the potential is continuous there.
  @inline(__always)
  func electrolyteConductances<S: Scalar>(
    _ c: SPMeCoefficients<S>, rate: S, into g: UnsafeMutablePointer<S>
  ) {
    let mesh = electrolyteMesh
    let (first, second, n) = (mesh.negative, mesh.negative + mesh.separator, mesh.count)
    let scaled = rate * (functions.electrolyteDiffusivity.constant ?? 1)
    let (gn, gs, gp) = (
      scaled * c.negative.porous.conductance, scaled * c.separator.conductance,
      scaled * c.positive.porous.conductance
    )
    mesh.inverseDistances.withUnsafeBufferPointer { inverse in
      for i in 0..<(first - 1) { g[i] = gn * inverse[i] }
      for i in first..<(second - 1) { g[i] = gs * inverse[i] }
      for i in second..<(n - 1) { g[i] = gp * inverse[i] }
    }
    func series(_ a: S, _ b: S) -> S { a * b / (a + b) }
    g[first - 1] = series(gn * mesh.negativeFace, gs * mesh.separatorFace)
    g[second - 1] = series(gs * mesh.separatorFace, gp * mesh.positiveFace)
  }
}
