import CRealtime
import Glibc

/// Held while a run uses a bench or a port; a second run is refused and told who holds it.
///
/// An flock(2) belongs to the open file that guard and controller inherit, so it is released by the
/// kernel when the last of them is gone, and never stale.
public struct BenchLock: ~Copyable {
  /// What is locked.
  public enum Subject: Sendable, Hashable {
    /// A bench by its name.
    case bench(String)
    /// A port by the path of its device, or `host:port`.
    case port(String)
  }

  /// The descriptor that holds the lock, close-on-exec.
  public let descriptor: Int32

  /// Takes the lock, or says who holds it. `holder` is a line about this run, for the next one.
  public init(
    _ subject: Subject, holder: String, folder: String? = nil
  ) throws(BenchStateError) {
    let folder = if let folder { folder } else { try StateFolder.path() + "/locks" }
    let path = folder + "/" + Self.fileName(subject)
    let made = lockstep_make_folders(folder)
    guard made == 0 else { throw BenchStateError("creating \(folder) fails with errno \(-made)") }
    let descriptor = lockstep_lock(path)
    guard descriptor >= 0 else {
      guard descriptor == -EWOULDBLOCK else {
        throw BenchStateError("locking \(path) fails with errno \(-descriptor)")
      }
      throw BenchStateError("\(Self.title(subject)) is in use by \(Self.holder(at: path))")
    }
    let line = Array("process \(getpid()): \(LatchRecord.oneLine(holder))\n".utf8.prefix(4096))
    ftruncate(descriptor, 0)
    pwrite(descriptor, line, line.count, 0)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The descriptor, now somebody else's to keep open and to close.
  public consuming func release() -> Int32 {
    let descriptor = descriptor
    discard self
    return descriptor
  }

  private static func title(_ subject: Subject) -> String {
    switch subject {
    case .bench(let name): "bench \(name)"
    case .port(let path): "port \(path)"
    }
  }

  private static func fileName(_ subject: Subject) -> String {
    let name =
      switch subject {
      case .bench(let name): "bench-" + name
      // One device, one lock, by whatever link it was named.
      case .port(let path): "port-" + (canonical(path) ?? path)
      }
    return String(name.map { $0 == "/" || $0.isNewline || $0 == "\0" ? "_" : $0 }.prefix(200))
      + ".lock"
  }

  private static func canonical(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func holder(at path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "another run" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    let line = bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }
    return line.isEmpty ? "another run" : String(decoding: line, as: UTF8.self)
  }
}
