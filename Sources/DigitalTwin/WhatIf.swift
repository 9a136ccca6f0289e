public import Records

/// A what-if under a constant current, looked for in a record that came later.
public struct WhatIf: Sendable, Hashable {
  /// Current at most this is rest, A.
  public static let restCurrent = 0.02
  /// How long it must have rested before, s.
  public static let restTime = 60.0
  /// Share of the current that may be missing or too much; `restCurrent` at least.
  public static let currentTolerance = 0.01
  /// The state of charge may be off by so many of the prediction's sd; by `least` at least.
  public static let chargeDeviations = 2.0
  /// See `chargeDeviations`.
  public static let leastChargeTolerance = 0.005
  /// The temperature may be off by this, K.
  public static let temperatureTolerance = 2.0

  /// A, positive charges.
  public var current: Double
  /// At the start, rested, on the scale of the beliefs that are handed to `find`.
  public var stateOfCharge: Double
  /// Its sd.
  public var stateOfChargeSD: Double
  /// Of cell and ambient at the start, degC.
  public var ambient: Double
  /// s.
  public var horizon: Double

  /// A what-if from its parts.
  public init(
    current: Double, stateOfCharge: Double, stateOfChargeSD: Double, ambient: Double,
    horizon: Double
  ) {
    self.current = current
    self.stateOfCharge = stateOfCharge
    self.stateOfChargeSD = stateOfChargeSD
    self.ambient = ambient
    self.horizon = horizon
  }

  /// What a record says of the instant that was predicted.
  public struct Reality: Sendable, Hashable {
    /// V.
    public var voltage: Double
    /// degC; nil where the record has none.
    public var temperature: Double?
    /// s of the record, where the current began.
    public var start: Double
  }

  /// The first place in `record` where the cell did, from rest, what was assumed; nil when there is none.
  ///
  /// - Parameter stateOfCharge: believed at each row of the record.
  public func find(
    in record: BatteryDataTable, stateOfCharge believed: [Double]
  ) -> Reality? {
    guard believed.count == record.count else { return nil }
    let charge = max(
      Self.leastChargeTolerance, Self.chargeDeviations * stateOfChargeSD)
    var restedSince: Double?
    for index in record.time.indices {
      let time = record.time[index]
      if let since = restedSince, time - since >= Self.restTime, index + 1 < record.count,
        abs(believed[index] - stateOfCharge) <= charge, isWarm(record, index),
        let reality = follow(record, from: index)
      {
        return reality
      }
      if abs(record.current[index]) > Self.restCurrent {
        restedSince = nil
      } else if restedSince == nil {
        restedSince = time
      }
    }
    return nil
  }

  private func isWarm(_ record: BatteryDataTable, _ index: Int) -> Bool {
    guard let celsius = record.surfaceTemperature?[index] else { return true }
    return abs(celsius - ambient) <= Self.temperatureTolerance
  }

  /// The instant predicted, when the current flows from row `start` (or the row after it) to there.
  private func follow(_ record: BatteryDataTable, from start: Int) -> Reality? {
    let tolerance = max(Self.restCurrent, Self.currentTolerance * abs(current))
    func flows(_ index: Int) -> Bool { abs(record.current[index] - current) <= tolerance }
    let first = flows(start) ? start : start + 1
    let end = record.time[first] + horizon
    var index = first
    while index < record.count, flows(index) {
      if record.time[index] >= end {
        let before = max(first, index - 1)
        let span = record.time[index] - record.time[before]
        let share = span > 0 ? (end - record.time[before]) / span : 1
        func value(_ column: [Double]) -> Double {
          column[before] + share * (column[index] - column[before])
        }
        return Reality(
          voltage: value(record.voltage), temperature: record.surfaceTemperature.map(value),
          start: record.time[first])
      }
      index += 1
    }
    return nil
  }
}
