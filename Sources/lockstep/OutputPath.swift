import Foundation

/// A file that a command replaces.
enum OutputPath {
  /// The output must be no input, under any name: it would be gone after the first run.
  ///
  /// - Throws: `CommandFailure` (status 2) that names the input; also for an empty path.
  static func refuse(_ out: String, among inputs: [String]) throws {
    guard !out.isEmpty else {
      throw CommandFailure(status: 2, message: "--out: empty, allowed: the path of a file")
    }
    var target = stat()
    guard stat(out, &target) == 0 else { return }
    for input in inputs {
      var source = stat()
      if stat(input, &source) == 0, source.st_dev == target.st_dev, source.st_ino == target.st_ino {
        throw CommandFailure(status: 2, message: "--out \(out): is the input file \(input)")
      }
    }
  }
}
