import Glibc

/// Normal deviates from a seed, the same on every machine (xorshift64*, Box and Muller).
struct NoiseStream {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  private mutating func uniform() -> Double {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Double((state &* 0x2545_F491_4F6C_DD1D) >> 11) / 9_007_199_254_740_992
  }

  mutating func normal(sd: Double) -> Double {
    sd * sqrt(-2 * log(1 - uniform())) * cos(2 * .pi * uniform())
  }
}
