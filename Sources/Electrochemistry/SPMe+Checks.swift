import Kernels

extension SPMe {
  func checkInputs(current: Double, ambient: Double) throws(ModelError) {
    guard current.magnitude <= functions.currentBound else {
      throw ModelError(
        quantity: "current", value: current, unit: "A",
        bound: "\(-functions.currentBound) to \(functions.currentBound) A (100 C)")
    }
    guard ambient >= 150, ambient <= 500 else {
      throw ModelError(
        quantity: "ambient temperature", value: ambient, unit: "K", bound: "150 to 500 K")
    }
  }

  /// Salt positive, everything finite. NaN fails every comparison.
  func checkState<S: ChainedScalar>(_ x: UnsafePointer<S>, temperature: S) throws(ModelError) {
    for i in layout.electrolyte where !(x[i].value > 0 && x[i].value < 1e5) {
      throw ModelError(
        quantity: "electrolyte concentration in cell \(i - layout.electrolyte.lowerBound + 1)",
        value: x[i].value, unit: "mol/m3", bound: "above 0, below 1e5 mol/m3")
    }
    guard temperature.value >= 150, temperature.value <= 500 else {
      throw ModelError(
        quantity: "cell temperature", value: temperature.value, unit: "K", bound: "150 to 500 K")
    }
    for i in 0..<layout.positiveParticle.upperBound where !(x[i].value >= 0 && x[i].value <= 1) {
      throw ModelError(
        quantity: "stoichiometry of shell \(i + 1)", value: x[i].value, unit: "",
        bound: "0 to 1")
    }
  }

  func checkSurfaces<S: ChainedScalar>(_ eta: Overpotentials<S>) throws(ModelError) {
    try checkSurface("negative", eta.negativeSurface.value, functions.negative)
    try checkSurface("positive", eta.positiveSurface.value, functions.positive)
  }

  func checkSurface(
    _ side: String, _ x: Double, _ electrode: ModelFunctions.Electrode
  ) throws(ModelError) {
    // At exactly 0 or 1 the exchange current vanishes and with it the voltage's meaning.
    guard x > 0, x < 1, electrode.range.contains(x) else {
      throw ModelError(
        quantity: "\(side) surface stoichiometry", value: x, unit: "",
        bound: "above \(electrode.range.lowerBound), below \(electrode.range.upperBound), "
          + "the range of its open-circuit potential")
    }
  }

  func wrongLength(_ count: Int) -> ModelError {
    ModelError(
      quantity: "length of the state", value: Double(count), unit: "",
      bound: "\(layout.count) for this mesh")
  }
}
