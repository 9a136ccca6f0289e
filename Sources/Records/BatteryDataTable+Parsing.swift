extension BatteryDataTable {
  /// Reads a file's bytes: UTF-8 with or without byte order mark, LF or CRLF, any column order, quoted
  /// fields, spaces around fields and blank last lines; columns that are not needed are ignored.
  /// - Parameter name: what the file is called in errors.
  public init(parsing bytes: [UInt8], name: String) throws(BatteryDataError) {
    let columns = try DataColumns(
      parsing: bytes, name: name,
      [
        Self.timeColumn, Self.voltageColumn, Self.currentColumn, Self.surfaceColumn,
        Self.ambientColumn, Self.unixColumn, Self.negativePotentialColumn,
      ], order: .neverDecreasing)
    time = columns.values[0]
    timeText = columns.texts
    voltage = columns.values[1]
    current = columns.values[2]
    surfaceTemperature = columns.isThere[3] ? columns.values[3] : nil
    ambientTemperature = columns.isThere[4] ? columns.values[4] : nil
    unixTime = columns.isThere[5] ? columns.values[5] : nil
    negativePotential = columns.isThere[6] ? columns.values[6] : nil
  }
}
