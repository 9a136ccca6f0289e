public import Quantities

/// What a cell may suffer, from its data sheet: `profiles/cells/*.limits.toml`. Belongs to safety,
/// not to the model.
public struct LimitsFile: Sendable {
  /// The file as it was named.
  public var path: String
  /// The file's bytes, for the journal.
  public var bytes: [UInt8]
  /// As in `NMC811/graphite-SiOx`.
  public var chemistry: String
  /// Where the figures come from.
  public var source: String
  /// Voltage window.
  public var voltage: ClosedRange<Volts>
  /// A cell found below this is never charged again.
  public var refuseBelow: Volts
  /// Largest charge current by surface temperature; rows join and cover `chargeTemperature`.
  public var chargeCurrent: [LimitLayer.TemperatureRow]
  /// Largest discharge current by surface temperature; empty: none is given.
  public var dischargeCurrent: [LimitLayer.TemperatureRow]
  /// Surface temperatures at which it may be charged.
  public var chargeTemperature: ClosedRange<Celsius>
  /// Surface temperatures at which it may be discharged, and at which it may be at all.
  public var dischargeTemperature: ClosedRange<Celsius>
  /// Rating of the fuse to be fitted; nil: none is given.
  public var fuse: Amperes?
  /// Resistance that explains a cell's heat, generous; nil: none is given, so no heat is explained (S12).
  public var resistance: Ohms?
  /// Heat capacity of the cell, meagre; nil: none is given.
  public var heatCapacity: JoulesPerKelvin?
  /// Largest current into a cell found below its window; nil: C/20.
  public var prechargeCurrent: Amperes?
  /// Time within which it must be back in its window; nil: 1 h.
  public var prechargeTime: Seconds?
  /// Where the figure behind each of `layer`'s bands stands in the file.
  public var lines: [LimitKind: Int]
}

extension LimitsFile {
  /// How far beyond a data sheet's figure the bench trips. The data sheet's figure is where policies
  /// stop; the trip lies beyond it by what noise, offset and the overshoot of one scan can reach.
  ///
  /// - voltage: 50 mV either side, what a remote-sense supply's own protection is allowed (S16);
  /// - temperature, high: 5 K, far below where any chemistry of ours heats itself (above 80 degC);
  /// - temperature, low, when discharging: 3 K;
  /// - temperature, low, when charging: none. There the data sheet's minimum itself trips, because
  ///   lithium plates below it, and `operate` is drawn in by `chargeLowReserve` instead (S10).
  public enum Widening {
    /// Beyond either end of the voltage window.
    public static let voltage = Volts(0.05)
    /// Above the highest temperature.
    public static let hot = Kelvins(5)
    /// Below the lowest discharge temperature.
    public static let cold = Kelvins(3)
    /// `operate` stays this far above the lowest charge temperature.
    public static let chargeLowReserve = Kelvins(1)
  }

  /// The cell's limits as a layer of the envelope.
  public var layer: LimitLayer {
    var bands: [LimitKind: LimitBand] = [:]
    let low = voltage.lowerBound.value, high = voltage.upperBound.value
    let margin = Widening.voltage.value
    bands[.voltage] = LimitBand(operate: (low, high), trip: (low - margin, high + margin))
    let charge = (chargeTemperature.lowerBound.value, chargeTemperature.upperBound.value)
    let discharge = (dischargeTemperature.lowerBound.value, dischargeTemperature.upperBound.value)
    let hot = Widening.hot.value, cold = Widening.cold.value
    bands[.chargeTemperature] = LimitBand(
      operate: (charge.0 + Widening.chargeLowReserve.value, charge.1),
      trip: (charge.0, charge.1 + hot))
    bands[.dischargeTemperature] = LimitBand(
      operate: discharge, trip: (discharge.0 - cold, discharge.1 + hot))
    bands[.temperature] = bands[.dischargeTemperature]
    return LimitLayer(
      origin: .cell, source: path, bands: bands, chargeCurrent: chargeCurrent,
      dischargeCurrent: dischargeCurrent)
  }
}
