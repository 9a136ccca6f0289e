public import Records

extension FitPlan.Record {
  /// The records in `table`, which is the plan's file: cut to the window and at gaps, thinned.
  public func measured(_ table: BatteryDataTable) throws(BatteryDataError) -> [MeasuredRecord] {
    var pieces: [Range<Int>] = []
    var start: Int?
    for i in table.time.indices {
      let inside = window.contains(table.time[i])
      if let begin = start {
        let gap = table.time[i] - table.time[i - 1]
        if !inside || gap > splitGap ?? .infinity {
          pieces.append(begin..<i)
          start = nil
        }
      }
      if inside, start == nil { start = i }
    }
    if let start { pieces.append(start..<table.count) }
    var records: [MeasuredRecord] = []
    for (k, piece) in pieces.enumerated() where piece.count > 2 {
      var record = MeasuredRecord(
        table[piece], name: pieces.count == 1 ? file : "\(file)#\(k + 1)",
        tolerance: currentTolerance, longestGap: max(comparedPeriod, 1),
        comparedPeriod: comparedPeriod, ambient: ambient)
      record.restedVoltage = restedVoltage ?? record.restedVoltage
      record.stateOfChargeSD = stateOfChargeSD
      record.voltageSD = voltageSD
      record.temperatureSD = temperatureSD
      record.independentRows = independentRows
      records.append(record)
    }
    guard !records.isEmpty else {
      throw BatteryDataError("\(file): no rows in the plan's window")
    }
    return records
  }
}

extension BatteryDataTable {
  /// The rows of a range.
  subscript(rows: Range<Int>) -> BatteryDataTable {
    var cut = self
    cut.time = Array(time[rows])
    cut.timeText = Array(timeText[rows])
    cut.voltage = Array(voltage[rows])
    cut.current = Array(current[rows])
    cut.surfaceTemperature = surfaceTemperature.map { Array($0[rows]) }
    cut.ambientTemperature = ambientTemperature.map { Array($0[rows]) }
    return cut
  }
}
