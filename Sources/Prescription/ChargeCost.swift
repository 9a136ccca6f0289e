#if canImport(Glibc)
  import Glibc
#endif

/// What a charge costs, in seconds: its time, and what the time's heat and nearness to plating are worth.
///
/// J = integral of 1 + temperature x (T - `restTemperature`) + plating x exp(-potential / `platingScale`).
/// Both weights 0: the shortest charge. Plating and film growth are not in the cell's model: the second term
/// stands for their rate with Tafel's slope, not for a charge lost.
public struct ChargeCost: Sendable, Hashable {
  /// Seconds per second and kelvin.
  public var temperature: Double
  /// Seconds per second at a potential of 0 V.
  public var plating: Double
  /// Below it heat costs nothing, degC.
  public var restTemperature: Double
  /// 2 R T / F at 25 degC: Tafel's slope of a transfer coefficient of one half, V.
  public static let platingScale = 0.0514

  /// A cost; 0 and 0: time alone.
  public init(temperature: Double = 0, plating: Double = 0, restTemperature: Double = 25) {
    self.temperature = temperature
    self.plating = plating
    self.restTemperature = restTemperature
  }

  /// Seconds per second.
  public func rate(temperature celsius: Double, potential: Double) -> Double {
    1 + temperature * max(0, celsius - restTemperature)
      + plating * exp(-potential / Self.platingScale)
  }

  /// Slopes of `rate` by temperature, 1/K, and by potential, 1/V.
  func slopes(temperature celsius: Double, potential: Double) -> (
    temperature: Double, potential: Double
  ) {
    (
      celsius > restTemperature ? temperature : 0,
      -plating / Self.platingScale * exp(-potential / Self.platingScale)
    )
  }
}
