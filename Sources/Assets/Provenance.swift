/// Where a version comes from.
public struct Provenance: Sendable, Hashable {
  /// The cell file that the factors multiply: its name, or its path.
  public var cellFile: String
  /// SHA-256 of its bytes, hexadecimal.
  public var cellHash: String
  /// The record that was assimilated, as it was given.
  public var record: String
  /// SHA-256 of its bytes, hexadecimal.
  public var recordHash: String
  /// Unix time of the record's first and last row, s; nil where it has none.
  public var recordSpan: ClosedRange<Double>?
  /// Charge moved either way in the record, over twice the capacity.
  public var cycles: Double
  /// The command that did it.
  public var command: String
  /// Which filter.
  public var filter: String
  /// Version of the program.
  public var program: String

  /// A provenance from its parts.
  public init(
    cellFile: String, cellHash: String, record: String, recordHash: String,
    recordSpan: ClosedRange<Double>?, cycles: Double, command: String, filter: String,
    program: String
  ) {
    self.cellFile = cellFile
    self.cellHash = cellHash
    self.record = record
    self.recordHash = recordHash
    self.recordSpan = recordSpan
    self.cycles = cycles
    self.command = command
    self.filter = filter
    self.program = program
  }
}
