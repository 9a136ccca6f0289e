import Dispatch

/// `body` at 0..<count, over all cores, in order; `alone`: on this thread.
public func concurrently<T: Sendable>(
  _ count: Int, alone: Bool = false, _ body: @Sendable (Int) -> T
) -> [T] {
  if count == 1 || alone { return (0..<count).map(body) }
  var results = [T?](repeating: nil, count: count)
  results.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let buffer = buffer
    DispatchQueue.concurrentPerform(iterations: count) { buffer[$0] = body($0) }
  }
  return results.compactMap(\.self)
}
