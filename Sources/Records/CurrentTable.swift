/// A current to follow, as a file says it: `test_time_second` and `current_ampere`.
///
/// Times begin at 0 and increase; two rows or more. Current is positive when it charges the cell.
public struct CurrentTable: Sendable, Hashable {
  /// s.
  public var time: [Double]
  /// A.
  public var current: [Double]

  /// Reads a file's bytes, as `BatteryDataTable` does; other columns are ignored.
  /// - Parameter name: what the file is called in errors.
  public init(parsing bytes: [UInt8], name: String) throws(BatteryDataError) {
    let columns = try DataColumns(
      parsing: bytes, name: name, [BatteryDataTable.timeColumn, BatteryDataTable.currentColumn],
      order: .increasingFromZero)
    (time, current) = (columns.values[0], columns.values[1])
  }
}
