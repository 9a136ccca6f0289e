import Foundation
import Guard
import Journal

/// Names and makes the folder of a run.
enum RunName {
  /// `JOB-YYYYMMDD-HHMMSS`, UTC.
  static func fresh(_ job: String, at date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    return "\(job)-\(formatter.string(from: date))"
  }

  /// Makes the folder `name` under `--data`, which must not exist yet.
  static func folder(_ name: String, data: String?) throws -> String {
    guard BenchLatch.isName(name) else {
      throw CommandFailure(status: 2, message: "--name \(name): a file name is wanted")
    }
    let runs = RunFolder.runs(under: data)
    do {
      try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
      let path = URL(filePath: runs).appending(path: name).standardizedFileURL.path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      return path
    } catch {
      throw CommandFailure(
        status: 2, message: "\(runs)/\(name): a new, writable folder is wanted: \(error.reason)")
    }
  }
}

extension Error {
  /// The reason without Foundation's decoration.
  fileprivate var reason: String {
    let cause = (self as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return cause.map { String(cString: strerror(Int32($0.code))) }
      ?? (self as NSError).localizedDescription
  }
}
