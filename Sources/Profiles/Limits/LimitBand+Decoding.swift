import Quantities

extension LimitBand {
  /// The bands under `[limit.voltage]` and so on, each `operate = [low, high]` and
  /// `trip = [low, high]`, with the line of each.
  static func bands(_ table: TomlTable) throws(ProfileError) -> (
    [LimitKind: LimitBand], [LimitKind: Int]
  ) {
    var bands: [LimitKind: LimitBand] = [:]
    var lines: [LimitKind: Int] = [:]
    for kind in LimitKind.allCases {
      guard let limit = try table.table(ifPresent: kind.rawValue) else { continue }
      lines[kind] = limit.line
      switch kind {
      case .voltage: bands[kind] = try band(limit, as: Volts.self)
      case .current: bands[kind] = try band(limit, as: Amperes.self)
      case .chargeTemperature, .dischargeTemperature, .temperature:
        bands[kind] = try band(limit, as: Celsius.self)
      }
    }
    return (bands, lines)
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
