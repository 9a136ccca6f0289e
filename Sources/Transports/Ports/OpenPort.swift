import Glibc

/// One open byte stream to an instrument: a terminal or a TCP connection. Close-on-exec until handed
/// on.
public struct OpenPort: ~Copyable {
  private let owned: OwnedDescriptor
  /// Path of the device, or `host:port`.
  public let path: String

  init(owning descriptor: Int32, path: String) {
    owned = OwnedDescriptor(descriptor)
    self.path = path
  }

  /// The descriptor; reads and writes block.
  public var descriptor: Int32 { owned.number }

  /// The descriptor, now somebody else's to keep open and to close.
  public consuming func release() -> Int32 { owned.release() }
}

/// A descriptor that is closed when its owner goes.
struct OwnedDescriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }
}

/// Why a port cannot be used, in one line.
public struct PortError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Which port, what was tried, what came, what is allowed.
  public let description: String
  /// An error with its line.
  public init(_ description: String) { self.description = description }
}
