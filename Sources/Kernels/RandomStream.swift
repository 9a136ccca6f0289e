import RealModule

/// Counter-based random numbers: Philox 4x32-10.
///
/// The n-th number of a stream is a pure function of (seed, stream, n): runs repeat exactly,
/// streams never overlap, and a stream can be entered anywhere by setting `position`.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
public struct RandomStream: RandomNumberGenerator, Sendable {
  /// How many 64-bit words have been drawn.
  public var position: UInt64 = 0
  let seed: UInt64
  let stream: UInt64

  /// A stream of its own for every (seed, stream) pair.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    // Every block of four words gives two numbers.
    let block = position >> 1
    let words = Self.philox(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    let high = position & 1 == 1
    position += 1
    return high
      ? UInt64(words[2]) | UInt64(words[3]) << 32 : UInt64(words[0]) | UInt64(words[1]) << 32
  }

  /// Uniform in the open interval (0, 1), 53 bits.
  public mutating func uniform() -> Double {
    (Double(next() >> 11) + 0.5) * 0x1p-53
  }

  /// Standard normal, by Box and Muller: two words a number, no rejection, no hidden state.
  public mutating func gaussian() -> Double {
    let radius = (-2 * Double.log(uniform())).squareRoot()
    return radius * Double.cos(2 * Double.pi * uniform())
  }

  /// Ten rounds of Philox 4x32.
  public static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(0xD251_1F53) * UInt64(c[0])
      let b = UInt64(0xCD9E_8D57) * UInt64(c[2])
      c = SIMD4(
        UInt32(b >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: b),
        UInt32(a >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: a))
      k = SIMD2(k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85)
    }
    return c
  }
}
