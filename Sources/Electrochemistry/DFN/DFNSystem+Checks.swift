import Kernels

extension DFNSystem {
  func checkStart(negative n: Double, positive p: Double, temperature: Double) throws(ModelError) {
    for (side, value, electrode) in [
      ("negative", n, functions.negative), ("positive", p, functions.positive),
    ] {
      guard value > 0, value < 1, electrode.range.contains(value) else {
        throw outOfRange(side, value, electrode)
      }
    }
    guard temperature >= 150, temperature <= 500 else {
      throw ModelError(
        quantity: "cell temperature", value: temperature, unit: "K", bound: "150 to 500 K")
    }
  }

  private func outOfRange(
    _ side: String, _ value: Double, _ electrode: ModelFunctions.Electrode
  ) -> ModelError {
    ModelError(
      quantity: "\(side) surface stoichiometry", value: value, unit: "",
      bound: "above \(electrode.range.lowerBound), below \(electrode.range.upperBound), "
        + "the range of its open-circuit potential")
  }

  /// What `evaluate` left must lie where the model means something. NaN fails every comparison.
  func checkState(_ y: UnsafePointer<Lane>, current: Double, bound: Double) throws(ModelError) {
    for (side, electrode, salt) in [
      ("negative", negative, layout.negativeSalt), ("positive", positive, layout.positiveSalt),
    ] {
      let range = electrode.functions.range
      let level = UnsafeRawPointer(y + salt).assumingMemoryBound(to: Double.self)
      for i in 0..<electrode.count {
        let x = electrode.surface.numbers[i]
        guard x > 0, x < 1, range.contains(x) else {
          throw outOfRange(side, x, electrode.functions)
        }
        guard level[i] > 0, level[i] < 100 else {
          throw ModelError(
            quantity: "electrolyte concentration in \(side) cell \(i + 1)",
            value: level[i] * functions.initialConcentration, unit: "mol/m3",
            bound: "above 0, below \(100 * functions.initialConcentration) mol/m3")
        }
      }
    }
    guard temperature >= 150, temperature <= 500 else {
      throw ModelError(
        quantity: "cell temperature", value: temperature, unit: "K", bound: "150 to 500 K")
    }
    guard current.magnitude <= bound else {
      throw ModelError(
        quantity: "current", value: current, unit: "A", bound: "\(-bound) to \(bound) A (100 C)")
    }
    guard voltage.isFinite else {
      throw ModelError(quantity: "voltage", value: voltage, unit: "V", bound: "a finite number")
    }
  }

  /// Separate curves for charge and discharge: the sign of a given current chooses; zero keeps, and
  /// so does a control that leaves the current free (its sign follows from the curve).
  func chooseBranch(current: Double, control: CellControl) {
    switch control {
    case .current, .ramp, .power, .resistance:
      if let chosen = OpenCircuitBranch(current: current) { branch = chosen }
    case .voltage: break
    }
    negative.branch = branch
    positive.branch = branch
  }
}
