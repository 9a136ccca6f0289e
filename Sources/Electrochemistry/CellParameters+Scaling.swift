extension CellParameters {
  /// A copy with parameters multiplied: the value, or for a function the whole function.
  ///
  /// - Parameter factors: positive, relative to what `self` holds.
  public func scaled(_ factors: [ParameterName: Double]) -> CellParameters {
    var copy = self
    for (name, factor) in factors { copy[keyPath: name.path] *= factor }
    return copy
  }

  /// A copy with both open-circuit potentials shifted, V, on top of shifts already there.
  public func offsettingOpenCircuitPotential(
    negative: Double, positive: Double
  ) -> CellParameters {
    var copy = self
    copy.negative.openCircuitPotential.offset += negative
    copy.positive.openCircuitPotential.offset += positive
    return copy
  }

  /// A copy with this contact resistance, Ohm. A file's 0 cannot be scaled, so a filter that
  /// tracks `cell.contact_resistance` starts from a guess set here.
  public func withContactResistance(_ ohms: Double) -> CellParameters {
    var copy = self
    copy.contactResistance = ohms
    return copy
  }
}
