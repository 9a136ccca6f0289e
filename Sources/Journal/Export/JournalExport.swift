import Glibc

/// A run's measured record as BDF, the twin's as CSV, and their metadata.
public struct JournalExport: Sendable, Hashable {
  /// The files written: BDF, twin CSV, then the metadata under the two names that readers look for.
  public let files: [String]
  /// Rows of the measured record.
  public let records: Int
  /// Rows of the twin's.
  public let estimates: Int

  /// Writes `NAME.bdf.csv`, `NAME.twin.csv`, `NAME.bdf.csv.metadata.json` and `NAME.metadata.json`
  /// into the folder `directory`, made when it is not there. All replace what had their names,
  /// or, on any failure, none.
  public static func write(
    _ reader: JournalReader, to directory: String, name: String
  ) throws -> JournalExport {
    guard !name.isEmpty, !name.contains("/") else {
      throw JournalError(.place, "\(name): not a file name")
    }
    var status = stat()
    if stat(directory, &status) != 0 {
      guard mkdir(directory, 0o755) == 0 else {
        throw JournalError(
          .place, "\(directory): cannot be made: \(String(cString: strerror(errno)))")
      }
    }
    return try reader.read { view in
      guard try view.one("SELECT scan FROM samples LIMIT 1", [], { _ in true }) == true else {
        throw JournalError(.read, "\(reader.path): no sample yet, nothing to export")
      }
      return try write(view, base: directory + "/" + name)
    }
  }

  private static func write(_ view: JournalView, base: String) throws -> JournalExport {
    var staged = StagedFiles()
    let names = [
      "\(base).bdf.csv", "\(base).twin.csv", "\(base).bdf.csv.metadata.json",
      "\(base).metadata.json",
    ]
    var measured = try staged.file(names[0])
    let records = try BDFTable(view).write(view, to: &measured)
    try measured.finish()
    var twin = try staged.file(names[1])
    let estimates = try TwinTable.write(view, to: &twin)
    try twin.finish()
    let metadata = try ExportMetadata(view, rows: ["bdf": records, "twin": estimates]).text()
    for name in names[2...] {
      var sidecar = try staged.file(name)
      try sidecar.write(metadata)
      try sidecar.finish()
    }
    try staged.commit()
    return JournalExport(files: names, records: records, estimates: estimates)
  }
}
