import Kernels

// For manufactured solutions and balances; nothing here is called by a run.

extension SingleParticleSolver {
  /// Lithium in each electrode, A h, and salt in the pores, mol.
  package var contents: CellContents {
    let (model, c) = (step.model, step.coefficients)
    func lithium(_ range: Range<Int>, _ mesh: ParticleMesh, _ source: Double) -> Double {
      let x = UnsafePointer(step.state) + range.lowerBound
      return model.meanStoichiometry(x, mesh: mesh) / (3 * source.magnitude) / 3600
    }
    let area =
      model.parameters.electrodeArea * Double(model.parameters.electrodePairs)
    return CellContents(
      negativeLithium: lithium(
        model.layout.negativeParticle, model.negativeMesh, c.negative.surfaceSource),
      positiveLithium: lithium(
        model.layout.positiveParticle, model.positiveMesh, c.positive.surfaceSource),
      salt: model.layout.electrolyte.reduce(0) { $0 + step.capacity[$1] * step.state[$1] } * area)
  }

  /// The whole state, as `SPMe.layout` says.
  package var state: [Double] {
    get { (0..<step.model.stateCount).map { step.state[$0] } }
    set {
      for (i, value) in newValue.enumerated() { step.state[i] = value }
      shown = nil
    }
  }

  /// One step of h, s, whatever its error, under a constant current, A; `apply` sets the ambient
  /// temperature before.
  package func advanceFixed(_ h: Double, current: Double) throws(ModelError) {
    step.attempt(
      duration: h, passing: StepCurrent(from: current, to: current), ambient: ambient)
    step.accept()
    time += h
    charge += current * h
    self.current = current
    shown = try evaluate(step.state, current: current)
  }
}
