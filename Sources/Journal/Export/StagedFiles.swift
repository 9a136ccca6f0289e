import Glibc

/// Files that appear under their names together or not at all.
///
/// Each is written beside its place under a hidden name; `commit` puts them on the disk and renames
/// them one after the other. What was not committed is removed.
struct StagedFiles: ~Copyable {
  private var staged: [(temporary: String, final: String)] = []

  init() {}

  deinit {
    for file in staged { unlink(file.temporary) }
  }

  /// A new file to be called `path` once committed.
  mutating func file(_ path: String) throws(JournalError) -> OutputFile {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw JournalError(.place, "\(path): stands there and is not a file")
    }
    let temporary = temporaryPath(of: path)
    let descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw JournalError(.place, "\(path): cannot be written: \(String(cString: strerror(errno)))")
    }
    staged.append((temporary, path))
    return OutputFile(path: path, descriptor: descriptor)
  }

  /// Where the file to be called `path` stands until it is committed.
  func temporaryPath(of path: String) -> String {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    return "\(path[..<slash]).\(path[slash...]).\(getpid()).partial"
  }

  /// Gives every file its name, replacing what had it.
  mutating func commit() throws(JournalError) {
    for file in staged {
      guard rename(file.temporary, file.final) == 0 else {
        throw JournalError(
          .write, "\(file.final): not replaced: \(String(cString: strerror(errno)))")
      }
    }
    staged = []
  }
}
