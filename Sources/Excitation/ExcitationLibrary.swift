import Foundation
import Kernels

/// Excitations that labs know, as shares of the largest currents: what a design starts from and what it is
/// measured against.
public enum ExcitationLibrary: String, Sendable, CaseIterable {
  /// Constant current up, constant current down.
  case constantCurrent = "constant current"
  /// Pulses of a tenth of the charge and long rests (W. Weppner, R. A. Huggins, J. Electrochem. Soc. 124
  /// (1977) 1569).
  case titration = "GITT"
  /// Ten-second pulses both ways, a tenth of the charge between them.
  case powerCharacterisation = "HPPC"
  /// Pseudo-random binary currents of 20 s.
  case binary = "PRBS"
  /// A drive cycle: an autoregressive current, mostly discharging.
  case drive = "drive"
  /// Sines of four periods, from one minute to half an hour.
  case multisine = "multisine"
  /// A constant current, interrupted for ten seconds every five minutes (intermittent current interruption).
  case interruption = "ICI"
  /// Steps of random height with rests.
  case steps = "steps"
  /// Long steps of both signs, growing.
  case staircase = "staircase"

  /// The excitation over `duration`, s, on stretches of `stretch`, s: shares of the largest current, + charges.
  ///
  /// - Parameter start: state of charge at the start: discharges first where it is high.
  func shares(duration: Double, start: Double, seed: UInt64) -> [ExcitationPlan.Segment] {
    var stream = RandomStream(seed: seed, stream: 31)
    let first = start >= 0.5 ? -1.0 : 1
    var segments: [ExcitationPlan.Segment] = []
    var left = duration
    func add(_ share: Double, _ seconds: Double) {
      let taken = min(seconds, left)
      if taken > 0 { segments.append(.init(current: share, duration: taken)) }
      left -= taken
    }
    var k = 0
    var drift = 0.0
    while left > 1e-9 {
      switch self {
      case .constantCurrent:
        add(k % 2 == 0 ? first : -first, duration * 0.45); add(0, duration * 0.05)
      case .titration:
        add(0.5 * first, 180)
        add(0, 720)
      case .powerCharacterisation:
        add(-1, 10)
        add(0, 40)
        add(0.75, 10)
        add(0, 40)
        add(0.5 * first, 360)
        add(0, 600)
      case .binary: add(stream.uniform() < 0.5 ? -0.5 : 0.5, 20)
      case .drive:
        drift = 0.9 * drift + 0.3 * stream.gaussian()
        add(min(max(-0.3 + drift, -1), 0.7), 10)
      case .multisine:
        let t = duration - left + 5
        let sum = [60.0, 240, 600, 1800].reduce(0.0) {
          $0 + 0.35 * sin(2 * .pi * t / $1)
        }
        add(min(max(sum, -1), 1), 10)
      case .interruption:
        add(0.5 * first, 290)
        add(0, 10)
      case .steps:
        add(2 * stream.uniform() - 1, 40 + 200 * stream.uniform())
        add(0, 40 + 160 * stream.uniform())
      case .staircase:
        let height = 0.3 + 0.7 * Double(k % 4) / 3
        add(k % 2 == 0 ? first * height : -first * height, 300)
        if k % 4 == 3 { add(0, 300) }
      }
      k += 1
    }
    return segments
  }
}
