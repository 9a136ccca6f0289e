private import Glibc

/// Reading a whole file that a user named.
enum ProfileBytes {
  /// The bytes of the regular file at `path`, at most `limit` of them. A directory, a device or a
  /// pipe is refused without waiting on it.
  static func read(_ path: String, limit: Int) throws(ProfileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ProfileError(file: path, "not a regular file")
    }
    guard status.st_size <= limit else {
      throw ProfileError(file: path, "\(status.st_size) bytes: at most \(limit) are read")
    }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count <= limit {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, limit + 1 - count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw failure(path, errno) }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else { throw ProfileError(file: path, "more than \(limit) bytes") }
    return Array(bytes.prefix(count))
  }

  private static func failure(_ path: String, _ code: Int32) -> ProfileError {
    ProfileError(file: path, strerror(code).map { String(cString: $0) } ?? "cannot be read")
  }
}
