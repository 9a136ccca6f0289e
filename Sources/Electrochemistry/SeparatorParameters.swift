/// The separator. Names and meanings are BPX's.
public struct SeparatorParameters: Sendable {
  /// Thickness, m.
  public var thickness: Double
  /// Electrolyte volume fraction.
  public var porosity: Double
  /// Porosity over tortuosity, for ionic transport.
  public var transportEfficiency: Double

  /// All fields, SI units.
  public init(thickness: Double, porosity: Double, transportEfficiency: Double) {
    self.thickness = thickness
    self.porosity = porosity
    self.transportEfficiency = transportEfficiency
  }
}
