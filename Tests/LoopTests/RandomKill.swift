import Foundation

/// A death or the removal of a port, drawn from a seed: who or which, how, while what, and where in the
/// traffic or when.
struct RandomKill {
  let number: Int
  let proof: KillProof

  private static let blows: [Blow] = [
    .killController, .stopController, .killGuard, .killBoth, .stopBoth,
  ]
  private static let phases: [BenchPhase] = [.charge, .discharge]
  private static let ports = ["psu", "load", "meter", "contactor"]
  private static let removable = ports + ["thermo"]
  /// One in so many takes a port away, each in its turn.
  private static let oneIn = 5

  /// The kill with this number of the sequence that `seed` begins.
  init(seed: UInt64, number: Int) {
    var stream = Stream(state: seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    for _ in 0..<4 { _ = stream.next() }
    self.number = number
    let blow = Self.blows.randomElement(using: &stream) ?? .killController
    let phase = Self.phases.randomElement(using: &stream) ?? .charge
    // Every other one at a place in the traffic, the rest at any time within 0.2 s.
    let place: String? =
      if Bool.random(using: &stream) {
        [
          Self.ports.randomElement(using: &stream) ?? "psu",
          "any", "\(Int.random(in: 1...30, using: &stream))",
          Bool.random(using: &stream) ? "half" : "before",
          "\(Int.random(in: 500...700, using: &stream))",
        ].joined(separator: ":")
      } else {
        nil
      }
    let delay = Double.random(in: 0...0.2, using: &stream)
    guard number % Self.oneIn == 0 else {
      proof = KillProof(blow, phase, at: place, delay: delay, triesAgain: false)
      return
    }
    let port = Self.removable[number / Self.oneIn % Self.removable.count]
    // Half of the places are in the port's own traffic: inside a frame that is cut off.
    let spot = Bool.random(using: &stream) ? place?.split(separator: ":") : nil
    let own = spot.map { ([port] + $0.dropFirst().map(String.init)).joined(separator: ":") }
    // Alone in three of eight.
    proof = KillProof(
      Int.random(in: 0..<8, using: &stream) < 3 ? nil : blow, phase, unplugging: port,
      at: own ?? place, delay: delay, triesAgain: false)
  }

  /// Knuth's MMIX congruential generator.
  private struct Stream: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }
}
