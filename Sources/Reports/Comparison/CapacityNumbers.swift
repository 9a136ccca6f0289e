/// The cell's charge as one discharge counted it, before or after a comparison's pairs.
///
/// Counted is the measured current: trapezoids over every reading below minus the bench's `zero_current`, from the
/// last reading of the phase that charged before it to the last that discharged. Rests between steps of the discharge
/// count nothing, nor does what follows it; at either end half an interval counts, as current rises and falls within
/// one.
public struct CapacityNumbers: Sendable, Encodable {
  /// Index of its phase, from 0.
  public var phase: Int
  /// `before` or `after` the pairs.
  public var when: String
  /// First and last reading that discharged, s of the run; nil: none did.
  public var startSecond: Double?
  /// See `startSecond`.
  public var endSecond: Double?
  /// For how long current flowed, s.
  public var dischargeSecond: Double?
  /// Out of the cell, Ah, a positive number.
  public var ampereHour: Double?
  /// Standard deviation by what the bench file states of the current's reading; nil: it states nothing.
  public var ampereHourSd: Double?
  /// Lowest cell voltage of the discharge, V.
  public var voltageLowestVolt: Double?
  /// Mean surface temperature of the discharge, degC: a cold cell gives less.
  public var temperatureMeanCelsius: Double?
  /// What ended the last step that discharged, as in `voltage <= 2.5 V`; nil: the run did.
  public var endedBy: String?

  /// Whether the discharge went to its voltage; one that did not says nothing of the capacity.
  var isComplete: Bool {
    guard ampereHour != nil, let endedBy else { return false }
    return endedBy.hasPrefix("voltage") || endedBy.hasPrefix("|current|")
  }

  enum CodingKeys: String, CodingKey {
    case phase, when
    case startSecond = "start_second"
    case endSecond = "end_second"
    case dischargeSecond = "discharge_second"
    case ampereHour = "ampere_hour"
    case ampereHourSd = "ampere_hour_sd"
    case voltageLowestVolt = "voltage_lowest_volt"
    case temperatureMeanCelsius = "temperature_mean_celsius"
    case endedBy = "ended_by"
  }
}

/// Two counts around the same pairs.
public struct CapacityDifference: Sendable, Encodable {
  /// Indices of the counts' phases.
  public var phaseBefore: Int
  /// See `phaseBefore`.
  public var phaseAfter: Int
  /// After less before, Ah.
  public var ampereHour: Double
  /// Of the first.
  public var percent: Double
  /// Of both counts' stated errors, as if they were independent: an error that is the same in both would cancel, but
  /// that it is the same after hours of charging is not known. Nil: nothing is stated.
  public var ampereHourSd: Double?
  /// Why the counts may not be compared; nil: they may.
  public var incomparable: String?

  /// Mean temperatures of two counts may differ by this, K.
  static let temperatureTolerance = 1.0

  enum CodingKeys: String, CodingKey {
    case percent, incomparable
    case phaseBefore = "phase_before"
    case phaseAfter = "phase_after"
    case ampereHour = "ampere_hour"
    case ampereHourSd = "ampere_hour_sd"
  }

  /// Nil unless both went to their voltage.
  init?(_ before: CapacityNumbers, _ after: CapacityNumbers) {
    guard before.isComplete, after.isComplete, let first = before.ampereHour,
      let last = after.ampereHour, first > 0
    else { return nil }
    (phaseBefore, phaseAfter) = (before.phase, after.phase)
    ampereHour = last - first
    percent = 100 * ampereHour / first
    if let one = before.ampereHourSd, let other = after.ampereHourSd {
      ampereHourSd = (one * one + other * other).squareRoot()
    }
    if before.endedBy != after.endedBy {
      incomparable = "ended by \(before.endedBy ?? "") and by \(after.endedBy ?? "")"
    } else if let one = before.temperatureMeanCelsius, let other = after.temperatureMeanCelsius,
      abs(one - other) > Self.temperatureTolerance
    {
      incomparable = "at \(Format.number(one, 1)) and \(Format.number(other, 1)) \u{b0}C"
    }
  }

  /// Each count before with the next one after it.
  static func pairs(_ counts: [CapacityNumbers]) -> [CapacityDifference] {
    var before: CapacityNumbers?
    return counts.compactMap { count in
      guard count.when == "after" else {
        before = count
        return nil
      }
      defer { before = nil }
      return before.flatMap { CapacityDifference($0, count) }
    }
  }
}
