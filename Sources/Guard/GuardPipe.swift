import Glibc

/// The controller's view of the guard: a pipe that the guard never writes to.
public struct GuardPipe: ~Copyable {
  private let descriptor: Int32

  /// The descriptor that the guard passed as `--guard`; owns it.
  public init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Whether the guard is dead: make safe and exit with 3. Does not block.
  public func guardIsGone() -> Bool {
    var byte: UInt8 = 0
    // A pipe that does not block is not interrupted.
    let count = read(descriptor, &byte, 1)
    return count == 0 || (count < 0 && errno != EAGAIN)
  }
}
