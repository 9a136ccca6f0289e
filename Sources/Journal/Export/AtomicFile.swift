/// One file that is replaced whole or left as it was.
public enum AtomicFile {
  /// Writes `text` to `path`.
  public static func write(_ text: String, to path: String) throws(JournalError) {
    var staged = StagedFiles()
    var file = try staged.file(path)
    try file.write(text)
    try file.finish()
    try staged.commit()
  }
}
