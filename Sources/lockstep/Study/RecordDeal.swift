import Kernels

/// Records dealt into those that may be fitted to and those that are predicted.
struct RecordDeal {
  let seed: UInt64
  let candidates: [Int]
  let others: [Int]

  init(seed: UInt64, of count: Int, _ candidates: Int) {
    var stream = RandomStream(seed: seed, stream: 71)
    let order = Self.shuffled(Array(0..<count), &stream)
    self.seed = seed
    self.candidates = order.prefix(candidates).sorted()
    others = order.dropFirst(candidates).sorted()
  }

  /// Different subsets of the candidates, as many as there are at most.
  func subsets(_ size: Int, _ wanted: Int) -> [[Int]] {
    var stream = RandomStream(seed: seed, stream: 72)
    var found: [[Int]] = []
    for _ in 0..<(50 * wanted) where found.count < wanted {
      let subset = Self.shuffled(candidates, &stream).prefix(size).sorted()
      if !found.contains(subset) { found.append(subset) }
    }
    return found
  }

  private static func shuffled(_ places: [Int], _ stream: inout RandomStream) -> [Int] {
    var order = places
    for i in order.indices.reversed() where i > 0 {
      order.swapAt(i, Int(stream.uniform() * Double(i + 1)))
    }
    return order
  }
}
