import Quantities

/// Test time and unix time of samples in whole microseconds.
///
/// Both are made from one base: the unix time of test time zero, taken once from the first sample,
/// so that the increments of the two columns agree digit by digit (a BDF reader refuses otherwise).
struct SampleClock {
  private let base: Int64

  init(firstTime: Double, firstUnixTime: Double) {
    base = Int64((firstUnixTime * 1e6).rounded()) - Self.microseconds(firstTime)
  }

  static func microseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1e6).rounded()) }

  func unixMicroseconds(_ testMicroseconds: Int64) -> Int64 { base + testMicroseconds }
}
