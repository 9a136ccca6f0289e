/// A file that is written from front to end and takes its name only when it is whole.
public struct AtomicFileWriter: ~Copyable {
  private var staged = StagedFiles()
  private var file: OutputFile
  /// Where it stands until then.
  public let temporaryPath: String

  /// Opens a hidden file beside `path`; it is gone when the writer is, unless committed.
  public init(_ path: String) throws(JournalError) {
    file = try staged.file(path)
    temporaryPath = staged.temporaryPath(of: path)
  }

  /// Adds text.
  public mutating func write(_ text: String) throws(JournalError) { try file.write(text) }

  /// Puts it on the disk and gives it its name, replacing what had it.
  public mutating func commit() throws(JournalError) {
    try file.finish()
    try staged.commit()
  }
}
