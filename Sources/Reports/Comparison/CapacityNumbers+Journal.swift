import Journal

extension CapacityNumbers {
  /// Every count of a run, in order.
  ///
  /// - Parameter titles: of the phases, by index.
  static func all(_ view: JournalView, titles: [String]) throws -> [CapacityNumbers] {
    let stated = StatedCurrentError(try view.inputs())
    return try titles.enumerated().compactMap { phase, title in
      let when = ["before", "after"].first { title.contains(": capacity \($0): ") }
      return try when.map { try CapacityNumbers(view, phase: phase, when: $0, stated) }
    }
  }

  private init(
    _ view: JournalView, phase: Int, when: String, _ stated: StatedCurrentError
  ) throws {
    (self.phase, self.when) = (phase, when)
    var readings = 0
    try view.each(CapacitySQL.count(phase, zero: stated.zeroCurrent)) { row in
      (startSecond, endSecond) = (row.double(0), row.double(1))
      (ampereHour, dischargeSecond) = (row.double(2), row.double(3))
      (voltageLowestVolt, temperatureMeanCelsius) = (row.double(4), row.double(5))
      readings = row.int(6) ?? 0
    }
    endedBy =
      try view.one(CapacitySQL.ending(phase, zero: stated.zeroCurrent)) { $0.text(0) } ?? nil
    if let ampereHour, let dischargeSecond {
      ampereHourSd = stated.sd(ampereHour, over: dischargeSecond, readings: readings)
    }
  }
}
