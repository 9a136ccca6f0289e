import Glibc

/// A file that is written once from front to end, through a buffer.
struct OutputFile: ~Copyable {
  private static let bufferSize = 1 << 16

  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  /// Takes over `descriptor`.
  init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
    buffer.reserveCapacity(Self.bufferSize + 4096)
  }

  deinit { Glibc.close(descriptor) }

  /// Adds text.
  mutating func write(_ text: String) throws(JournalError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes out what is left and waits until it is on the disk.
  mutating func finish() throws(JournalError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  private mutating func flush() throws(JournalError) {
    var sent = 0
    while sent < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      sent += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> JournalError {
    JournalError(.write, "\(path): not written: \(String(cString: strerror(errno)))")
  }
}
