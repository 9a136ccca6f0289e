package import Kernels

/// A fixed block of lanes that a solver owns, seen as lanes or as numbers.
///
/// One lane of slack on either side lets a kernel load "the neighbour to the left" of a whole lane.
package final class LaneArray {
  /// Lanes.
  package let count: Int
  /// The lanes.
  package let lanes: UnsafeMutablePointer<Lane>
  /// The same memory, eight numbers a lane; -8 ..< 8 (count + 1) may be read.
  package let numbers: UnsafeMutablePointer<Double>
  private let memory: UnsafeMutableRawPointer

  package init(_ count: Int, repeating value: Double = 0) {
    self.count = count
    let bytes = (count + 2) * MemoryLayout<Lane>.stride
    memory = .allocate(byteCount: bytes, alignment: MemoryLayout<Lane>.alignment)
    let all = memory.bindMemory(to: Lane.self, capacity: count + 2)
    all.initialize(repeating: Lane(repeating: value), count: count + 2)
    lanes = all + 1
    numbers = UnsafeMutableRawPointer(all + 1).assumingMemoryBound(to: Double.self)
  }

  deinit { memory.deallocate() }
}

extension UnsafeMutablePointer where Pointee == Double {
  /// Eight numbers from `index` on, aligned or not.
  @inline(__always)
  func lane(at index: Int) -> Lane {
    UnsafeRawPointer(self + index).loadUnaligned(as: Lane.self)
  }
}
