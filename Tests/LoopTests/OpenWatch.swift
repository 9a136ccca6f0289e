import Glibc
import Testing

/// Counts openings of a file by anybody (inotify(7)).
final class OpenWatch {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    try #require(inotify_add_watch(descriptor, path, UInt32(IN_OPEN)) >= 0)
  }

  deinit { close(descriptor) }

  /// Bytes of events since it was last asked; 0 when nobody opened the file.
  var opened: Int {
    var buffer = [UInt8](repeating: 0, count: 4096)
    return max(read(descriptor, &buffer, buffer.count), 0)
  }
}
