import Quantities

extension LimitBand {
  /// The bands under `[limit.voltage]` and so on, each `operate = [low, high]` and
  /// `trip = [low, high]`; under `[limit.power]` and the other soft kinds `max`, and `delay` where it
  /// may be passed for a while. With the line of each.
  static func bands(_ table: TomlTable) throws(ProfileError) -> (
    bands: [LimitKind: LimitBand], delays: [LimitKind: Seconds], lines: [LimitKind: Int]
  ) {
    var bands: [LimitKind: LimitBand] = [:]
    var delays: [LimitKind: Seconds] = [:]
    var lines: [LimitKind: Int] = [:]
    for kind in LimitKind.allCases {
      guard let limit = try table.table(ifPresent: kind.rawValue) else { continue }
      lines[kind] = limit.line
      switch kind {
      case .voltage: bands[kind] = try band(limit, as: Volts.self)
      case .current: bands[kind] = try band(limit, as: Amperes.self)
      case .chargeTemperature, .dischargeTemperature, .temperature:
        bands[kind] = try band(limit, as: Celsius.self)
      case .power: bands[kind] = try symmetric(limit, upTo: Watts(100_000))
      case .temperatureRate: bands[kind] = try upper(limit, upTo: KelvinsPerSecond(10))
      case .voltageRate: bands[kind] = try symmetric(limit, upTo: VoltsPerSecond(1000))
      case .currentRate: bands[kind] = try symmetric(limit, upTo: AmperesPerSecond(1e6))
      case .stepCharge, .totalCharge: bands[kind] = try upper(limit, upTo: AmpereHours(1e6))
      case .stepTime, .totalTime: bands[kind] = try upper(limit, upTo: Seconds(1e9))
      }
      if !kind.isHard {
        delays[kind] = try limit.quantity(
          ifPresent: "delay", in: Seconds.zero...Seconds(kind.isBudget ? 0 : 3600))
      }
    }
    return (bands, delays, lines)
  }

  private static func symmetric<Q: Quantity>(
    _ table: TomlTable, upTo most: Q
  ) throws(ProfileError) -> LimitBand? {
    let limit = try table.quantity("max", in: Q.zero...most).value
    return LimitBand(operate: (-limit, limit), trip: (-limit, limit))
  }

  /// No lower limit: a cell may cool, and nothing spent is never too little.
  private static func upper<Q: Quantity>(
    _ table: TomlTable, upTo most: Q
  ) throws(ProfileError) -> LimitBand? {
    let limit = try table.quantity("max", in: Q.zero...most).value
    return LimitBand(operate: (-1e12, limit), trip: (-1e12, limit))
  }

  private static func band<Q: Quantity>(_ table: TomlTable, as: Q.Type) throws(ProfileError)
    -> LimitBand
  {
    let operate = try table.interval("operate", as: Q.self)
    let trip = try table.interval("trip", as: Q.self)
    guard
      let band = LimitBand(
        operate: (operate.lowerBound.value, operate.upperBound.value),
        trip: (trip.lowerBound.value, trip.upperBound.value))
    else {
      throw table.error(
        "trip", "must contain operate, \(operate.lowerBound) to \(operate.upperBound)")
    }
    return band
  }
}
