import Kernels

extension DFNSystem {
  /// Finds the face currents under a given current, A, with everything that has inertia held; see
  /// `PorousElectrode.settle`.
  ///
  /// - Parameter goal: V.
  /// - Returns: Newton's last step, V; not a number where it ran off.
  func settle(
    _ y: UnsafePointer<Lane>, ionic: UnsafeMutablePointer<Lane>, current: Double, goal: Double
  ) -> Double {
    setTemperature(thermal == .isothermal ? ambient : y[layout.temperature][0])
    let density = total(current)
    let volts = inverseUnitDensity * VoltageWeight.current
    let n = negative.settle(
      shells: y + layout.negativeShells, salt: y + layout.negativeSalt, ionic: ionic,
      total: -density, rates: rates.negative, electrolyte: electrolyte, voltsPerDensity: volts,
      goal: goal)
    let p = positive.settle(
      shells: y + layout.positiveShells, salt: y + layout.positiveSalt,
      ionic: ionic + layout.blocks, total: density, rates: rates.positive,
      electrolyte: electrolyte, voltsPerDensity: volts, goal: goal)
    return n.isNaN || p.isNaN ? .nan : max(n, p)
  }
}
