private import Glibc

/// Random numbers by counter: the value at (seed, name, index) is a pure function of the three, so that
/// it does not matter how often or in what order anything is read.
///
/// The mixer is that of SplitMix64 (Steele, Lea, Flood 2014); two uniforms make one normal deviate
/// (Box and Muller 1958).
package struct NoiseStream {
  private let key: UInt64

  /// The stream of one quantity.
  package init(seed: UInt64, name: String) {
    // FNV-1a, 64 bit.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    key = Self.mixed(Self.mixed(seed) ^ hash)
  }

  /// A standard normal deviate.
  package func normal(at index: Int64) -> Double {
    let counter = key &+ UInt64(bitPattern: index) &* 0xD1B5_4A32_D192_ED03
    let first = Self.mixed(counter)
    let second = Self.mixed(first ^ 0x9E37_79B9_7F4A_7C15)
    // (0, 1]: the logarithm stays finite.
    let radius = (Double(first >> 11) + 1) * 0x1p-53
    let angle = Double(second >> 11) * 0x1p-53
    return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
  }

  private static func mixed(_ seed: UInt64) -> UInt64 {
    var z = seed &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
