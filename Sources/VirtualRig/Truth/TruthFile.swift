private import Glibc

/// A file that truth goes to: created or truncated, closed at the end of its life.
struct TruthFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws(RigError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RigError(.place, "truth file \(path): \(RigError.reason(errno))")
    }
  }

  deinit { close(descriptor) }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(RigError) {
    let code: Int32 = bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let rest = bytes.count - offset
        let written = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), rest)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return errno }
        offset += written
      }
      return 0
    }
    guard code == 0 else { throw RigError(.place, "truth file \(path): \(RigError.reason(code))") }
  }

  /// A file with these bytes and no more.
  static func write(_ bytes: [UInt8], to path: String) throws(RigError) {
    try TruthFile(path: path).write(bytes)
  }
}
