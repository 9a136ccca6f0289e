/// A noncopyable value that a thread's closure can hold.
final class Kept<Value: ~Copyable & Sendable>: Sendable {
  let value: Value

  init(_ value: consuming Value) { self.value = value }
}
