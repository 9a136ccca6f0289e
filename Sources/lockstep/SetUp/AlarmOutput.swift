import Drivers
import Guard
import Instruments
import Profiles
import Quantities
import Transports

/// The alarm of a locked bench whose latch a person has just cleared.
struct AlarmOutput {
  /// The instrument that has it.
  let name: String
  private let plan: RunPlan
  private let index: Int

  /// Nil: the bench has none.
  init?(_ plan: RunPlan) {
    let bench = plan.files.bench
    guard let index = bench.instruments.firstIndex(where: { $0.name == bench.protection.alarm })
    else { return nil }
    (self.plan, self.index) = (plan, index)
    name = bench.instruments[index].name
  }

  /// Switches it off; nothing else is written.
  ///
  /// - Returns: why it stays on; nil when the device confirms that it is off.
  func silence(_ overrides: [String: PortAddress], holder: String) -> String? {
    let instrument = plan.files.bench.instruments[index]
    guard let address = overrides[name] ?? PortAddress(instrument.port) else {
      return "no --port \(name)=PATH"
    }
    do {
      _ = try address.origin(RigRecognition())
      _ = try OpenBench.lock(.port("\(address)"), holder)
      let port = try address.open(plan.profiles[index])
      let board = try ProfiledInstrument(
        name: name, profile: plan.profiles[index], descriptor: port.release(),
        framing: address.framing, pacing: .real, limits: ArmedLimits())
      let readback = try board.perform(.silenceAlarm, at: .zero)
      return readback.agrees ? nil : "\(name): told \(readback.requested), reads \(readback.read)"
    } catch {
      return "\(error)"
    }
  }
}
