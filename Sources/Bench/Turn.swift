import CRealtime

/// A number that only grows and that threads wait for: the hand-over between two threads.
final class Turn: @unchecked Sendable {
  // Unchecked: the C side is a mutex and a condition.
  private let raw: OpaquePointer

  init() { raw = lockstep_turn_create() }
  deinit { lockstep_turn_destroy(raw) }

  var value: Int { Int(lockstep_turn_value(raw)) }

  func advance(to value: Int) { lockstep_turn_advance(raw, Int64(value)) }

  /// - Parameter deadline: on the monotonic clock, nanoseconds; nil waits for ever.
  func wait(for value: Int, until deadline: Int64? = nil) -> Bool {
    lockstep_turn_wait(raw, Int64(value), deadline ?? .max) == 1
  }
}
