import CRealtime
import Glibc
public import Quantities

extension GuardOrders {
  /// The orders in a memfd that nobody can change any more; its descriptor, close-on-exec.
  public func sealed() throws(ByteCodingError) -> Int32 {
    try sealed(as: "lockstep-guard-orders")
  }

  /// The same under another name, at most 249 bytes (memfd_create(2)).
  package func sealed(as name: String) throws(ByteCodingError) -> Int32 {
    let bytes = try encoded()
    let descriptor = lockstep_sealed_copy(name, bytes, bytes.count)
    guard descriptor >= 0 else {
      throw ByteCodingError("guard orders: memfd_create fails with errno \(-descriptor)")
    }
    return descriptor
  }

  /// The orders in a sealed memfd.
  public static func load(descriptor: Int32) throws(ByteCodingError) -> GuardOrders {
    guard lockstep_is_sealed(descriptor) == 1 else {
      throw ByteCodingError("guard orders: descriptor \(descriptor) is no sealed memory file")
    }
    let size = lockstep_size(descriptor)
    guard size > 0, size <= longest else {
      throw ByteCodingError("guard orders: \(size) bytes, 1 to \(longest) allowed")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    guard pread(descriptor, &bytes, size, 0) == size else {
      throw ByteCodingError("guard orders: read fails with errno \(errno)")
    }
    return try decode(bytes)
  }
}
