import Kernels

extension SPMe {
  /// Advances one particle's shells by `h`, s. Radius 1, so capacities are volumes.
  ///
  /// - Parameter currents: A, at the start and the end.
  @inline(__always)
  func advanceParticle<S: Scalar>(
    _ shells: UnsafeMutablePointer<S>, mesh: ParticleMesh,
    coefficients c: SPMeCoefficients<S>.Electrode, functions: ModelFunctions.Electrode,
    temperature: S, currents: (S, S), duration h: Double, scratch: SPMeScratch<S>
  ) {
    let n = mesh.count
    let rate = particleRate(c, temperature: temperature)
    mesh.volumes.withUnsafeBufferPointer { volumes in
      for i in 0..<n { scratch.capacity[i] = S(volumes[i]) }
    }
    particleConductances(
      mesh: mesh, rate: rate, functions: functions, into: scratch.conductance)
    mesh.surfaceShape.withUnsafeBufferPointer { shape in
      guard let shape = shape.baseAddress else { return }
      DiffusionStep.advance(
        shells, count: n, duration: h, scratch: scratch,
        sources: (c.surfaceSource * currents.0, c.surfaceSource * currents.1), shape: shape,
        linear: functions.diffusivity.constant != nil
      ) { w, potential in
        Self.map(w, n, functions.diffusionPotential, into: potential)
      } slopes: { w, slope in
        Self.mapFaces(w, n, functions.diffusivity, into: slope)
      }
    }
  }

  /// A curve at each cell.
  @inline(__always)
  static func map<S: Scalar>(
    _ w: UnsafePointer<S>, _ count: Int, _ curve: PiecewiseCubic,
    into result: UnsafeMutablePointer<S>
  ) {
    S.values(of: curve, at: w, count: count, into: result)
  }

  /// A curve between each cell and the next.
  @inline(__always)
  static func mapFaces<S: Scalar>(
    _ w: UnsafePointer<S>, _ count: Int, _ curve: PiecewiseCubic,
    into result: UnsafeMutablePointer<S>
  ) {
    for i in 0..<(count - 1) { result[i] = (w[i] + w[i + 1]) * 0.5 }
    S.values(of: curve, at: UnsafePointer(result), count: count - 1, into: result)
  }

  /// Diffusivity's factor over radius squared, 1/m2, at a temperature, K.
  @inline(__always)
  func particleRate<S: Scalar>(_ c: SPMeCoefficients<S>.Electrode, temperature: S) -> S {
    c.inverseRadiusSquared
      * SPMeCoefficients<S>.arrhenius(
        c.diffusivityActivation, temperature, reference: functions.referenceTemperature)
  }

  /// Conductance between each shell and the next: of stoichiometry, 1/s, where diffusivity is
  /// constant, of the diffusion potential, 1/m2, else.
  @inline(__always)
  func particleConductances<S: Scalar>(
    mesh: ParticleMesh, rate: S, functions: ModelFunctions.Electrode,
    into g: UnsafeMutablePointer<S>
  ) {
    mesh.conductances.withUnsafeBufferPointer { geometry in
      let scaled = rate * (functions.diffusivity.constant ?? 1)
      for i in 0..<(mesh.count - 1) { g[i] = scaled * geometry[i] }
    }
  }

  /// Stoichiometry at the particle's surface: quadratic through the outer shells, with the
  /// gradient that the current imposes there.
  @inline(__always)
  func surfaceStoichiometry<S: Scalar>(
    _ shells: UnsafePointer<S>, mesh: ParticleMesh, coefficients c: SPMeCoefficients<S>.Electrode,
    functions: ModelFunctions.Electrode, temperature: S, current: S
  ) -> S {
    let last = shells[mesh.count - 1]
    let mean = last * mesh.surfaceLast + shells[mesh.count - 2] * mesh.surfaceInner
    let flux =
      c.surfaceSource * current
      / (c.inverseRadiusSquared
        * SPMeCoefficients<S>.arrhenius(
          c.diffusivityActivation, temperature, reference: self.functions.referenceTemperature))
    if let constant = functions.diffusivity.constant {
      return mean + flux * (mesh.surfaceGradient / constant)
    }
    // The diffusivity belongs at the surface: once from the last shell, once from the result.
    let guess = mean + flux * mesh.surfaceGradient / functions.diffusivity(last)
    return mean + flux * mesh.surfaceGradient / functions.diffusivity(guess)
  }

  /// Volume mean of the shells.
  @inline(__always)
  func meanStoichiometry<S: Scalar>(_ shells: UnsafePointer<S>, mesh: ParticleMesh) -> S {
    mesh.volumes.withUnsafeBufferPointer { volumes in
      var sum = S(0)
      for i in 0..<mesh.count { sum += shells[i] * volumes[i] }
      return sum * 3
    }
  }
}
