import Drivers
import Profiles
import Quantities
import Safety

/// What each blow may take at most until the current is *seen* gone, computed: bus budgets, heartbeat,
/// contactor hold, release.
struct ProofBounds {
  private let plan: RunPlan
  /// Every device of the safe plan told and confirmed, every reply in its last moment, s.
  private let replay: Double
  /// Three readings of the meter, s.
  private let seeing: Double
  private let hold: Double

  /// Release of relay and contactor together, s: longer than any data sheet's that we know of.
  static let release = 0.15
  /// For a machine that does other things too, s; with a rig's clock that stands 0.2 s first.
  static let machine = 0.75
  /// For the kernel to end a killed process, s.
  private static let reaping = 0.1

  init(_ plan: RunPlan) {
    self.plan = plan
    let bench = plan.files.bench
    func budget(_ index: Int) -> BusBudget { BusBudget(plan.profiles[index], framing: .rtu) }
    let driven = bench.instruments.indices.filter {
      let role = bench.instruments[$0].role
      return role.drives || role == .contactor
    }
    replay = driven.reduce(0) { $0 + budget($1).timeToConfirmedSafe.value }
    let meter = bench.instruments.firstIndex { $0.name == bench.readings.current.instrument }
    let reply = meter.map { plan.profiles[$0].timing.replyTimeout.value } ?? 0
    seeing = 3 * ((meter.map { budget($0).acquisition.value } ?? 0) + reply + 0.02)
    hold = bench.instruments.compactMap(\.hold).max()?.value ?? bench.scan.value * 2.5
  }

  /// s of wall time. Whoever lives makes safe by its bus; whatever happens, the contactor falls by itself
  /// when its hold is over.
  func bound(_ blow: ProofBlow) -> Double {
    let bench = plan.files.bench
    let acting = min(replay, hold) + Self.release + seeing + Self.machine
    switch blow {
    case .killController: return Self.reaping + acting
    case .stopController: return bench.heartbeatSilence.value + Self.reaping + acting
    case .killGuard: return plan.testScan.value + acting
    case .killBoth: return hold + Self.release + seeing + Self.machine
    case .silence:
      // The guard may have tried every device in vain before it asks a meter that answers again.
      return isBlind(blow) ? restored(blow) + replay + acting : noticed + acting
    }
  }

  /// A silent line is noticed when its last reading is too old, or a command has no answer within 2 s.
  private var noticed: Double {
    plan.envelopes[0].rules.ageLimit.value + 2 + 2 * plan.testScan.value
  }

  /// Whether the meter itself is out.
  func isBlind(_ blow: ProofBlow) -> Bool {
    blow == .silence(plan.files.bench.readings.current.instrument)
  }

  /// When the silenced line speaks again, s after the blow. The meter's must, or nobody could see
  /// that the current is gone; the others' stays silent until it is seen.
  func restored(_ blow: ProofBlow) -> Double { isBlind(blow) ? noticed + 2 : .infinity }
}
