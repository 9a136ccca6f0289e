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
    mesh.sourceShape.withUnsafeBufferPointer { shape in
      guard let shape = shape.baseAddress else { return }
      let rate = saltRate(c, temperature: temperature)
      DiffusionStep.advance(
        salt, count: n, duration: h, scratch: scratch,
        sources: (c.saltSource * currents.0, c.saltSource * currents.1), shape: shape,
        constant: false
      ) { w, g in
        electrolyteConductances(
          w, coefficients: c, rate: rate, diffusivity: scratch.diffusivity, into: g)
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

  /// Conductance between each cell and the next, m/s.
  ///
  /// - Parameter d: room for the diffusivity of each cell.
  @inline(__always)
  func electrolyteConductances<S: Scalar>(
    _ w: UnsafePointer<S>, coefficients c: SPMeCoefficients<S>, rate: S,
    diffusivity d: UnsafeMutablePointer<S>, into g: UnsafeMutablePointer<S>
  ) {
    let mesh = electrolyteMesh
    let (first, second, n) = (mesh.negative, mesh.negative + mesh.separator, mesh.count)
    let (gn, gs, gp) = (
      rate * c.negative.porous.conductance, rate * c.separator.conductance,
      rate * c.positive.porous.conductance
    )
    for i in 0..<n { d[i] = functions.electrolyteDiffusivity(w[i]) }
    let (hn, hs, hp) = (gn * 0.5, gs * 0.5, gp * 0.5)
    for i in 0..<(first - 1) { g[i] = hn * (d[i] + d[i + 1]) }
    for i in first..<(second - 1) { g[i] = hs * (d[i] + d[i + 1]) }
    for i in second..<(n - 1) { g[i] = hp * (d[i] + d[i + 1]) }
    g[first - 1] = Self.faceConductance(gn * d[first - 1], gs * d[first])
    g[second - 1] = Self.faceConductance(gs * d[second - 1], gp * d[second])
  }

  /// Two half cells in series.
  @inline(__always)
  static func faceConductance<S: Scalar>(_ a: S, _ b: S) -> S { a * b * 2 / (a + b) }
}
