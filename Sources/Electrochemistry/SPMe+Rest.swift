extension SPMe {
  /// The equilibrium state at a state of charge and a temperature, K.
  public func rest(stateOfCharge: Double, temperature: Double) -> [Double] {
    let (n, p) = stoichiometries(stateOfCharge: stateOfCharge)
    return rest(negativeStoichiometry: n, positiveStoichiometry: p, temperature: temperature)
  }

  /// The equilibrium state at given stoichiometries and a temperature, K.
  public func rest(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) -> [Double] {
    var x = [Double](repeating: 0, count: layout.count)
    for i in layout.negativeParticle { x[i] = negativeStoichiometry }
    for i in layout.positiveParticle { x[i] = positiveStoichiometry }
    for i in layout.electrolyte { x[i] = functions.initialConcentration }
    x[layout.temperature] = temperature
    return x
  }

  /// Stoichiometries of the electrodes at a state of charge (BPX: linear between the limits).
  public func stoichiometries(stateOfCharge: Double) -> (negative: Double, positive: Double) {
    let (n, p) = (functions.negative, functions.positive)
    return (
      n.minimumStoichiometry + stateOfCharge * (n.maximumStoichiometry - n.minimumStoichiometry),
      p.maximumStoichiometry - stateOfCharge * (p.maximumStoichiometry - p.minimumStoichiometry)
    )
  }

  /// The state of charge at which the rested voltage, V, is as given; beyond the cell's limits
  /// the scale goes on.
  ///
  /// - Throws: when no state of charge from -0.02 to 1.02 has that voltage.
  public func stateOfCharge(
    restedVoltage voltage: Double, temperature: Double
  ) throws(ModelError) -> Double {
    func excess(_ soc: Double) -> Double {
      let (n, p) = stoichiometries(stateOfCharge: soc)
      return openCircuitVoltage(negative: n, positive: p, temperature: temperature) - voltage
    }
    var (low, high) = (-0.02, 1.02)
    guard excess(low) <= 0, excess(high) >= 0 else {
      throw ModelError(
        quantity: "rested voltage", value: voltage, unit: "V",
        bound: "\(excess(low) + voltage) to \(excess(high) + voltage) V")
    }
    // Open-circuit voltage rises with charge; 60 halvings reach the last bit.
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if excess(middle) > 0 { high = middle } else { low = middle }
    }
    return 0.5 * (low + high)
  }
}
