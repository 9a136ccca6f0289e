/// Heapsort of indices by their keys: no allocation, n log n whatever the order.
enum IndexSort {
  /// Sorts the places of `range`.
  static func sort(
    _ indices: UnsafeMutablePointer<Int>, _ range: Range<Int>, by keys: UnsafePointer<Double>
  ) {
    let order = UnsafeMutableBufferPointer(
      start: indices + range.lowerBound, count: range.count)
    guard range.count > 1 else { return }
    for root in (0..<(range.count / 2)).reversed() { sift(order, root, range.count, keys) }
    for end in (1..<range.count).reversed() {
      order.swapAt(0, end)
      sift(order, 0, end, keys)
    }
  }

  private static func sift(
    _ order: UnsafeMutableBufferPointer<Int>, _ start: Int, _ end: Int,
    _ keys: UnsafePointer<Double>
  ) {
    var root = start
    let value = order[root]
    while 2 * root + 1 < end {
      var child = 2 * root + 1
      if child + 1 < end, keys[order[child + 1]] > keys[order[child]] { child += 1 }
      guard keys[order[child]] > keys[value] else { break }
      order[root] = order[child]
      root = child
    }
    order[root] = value
  }
}
