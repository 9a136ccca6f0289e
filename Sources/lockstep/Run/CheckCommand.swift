import ArgumentParser
import Bench
import Drivers
import Electrochemistry
import Profiles
import Quantities
import Safety

/// `lockstep check`: dry run of a bench and a campaign; opens nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Validate a bench and a campaign without opening anything.",
    discussion: """
      Prints the limits in force in each phase, what the bus costs in time, the achievable scan \
      period and the worst time to safe of each device.

      Example: lockstep check demo demo
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Argument(help: "Campaign or protocol file, or the name of a shipped one.")
  var job: String = "demo"

  func run() throws {
    let plan = try RunPlan(job: job, bench: bench)
    let wiring = try plan.wiring()
    let file = plan.files.bench
    print("bench \(file.name), asset \(file.asset), cell \(plan.cell.title)")
    print("limits: \(plan.files.limits.path) (\(plan.files.limits.source))")
    if let override = plan.files.campaign.researchOverride {
      print("RESEARCH OVERRIDE of the cell's charge-current table by \(override)")
    }
    for (index, envelope) in plan.envelopes.enumerated() { show(envelope, phase: index + 1) }
    print("supply's own voltage ceiling: \(wiring.sourceCeiling)")
    showTimes(plan)
  }

  private func show(_ envelope: Envelope, phase: Int) {
    for kind in LimitKind.allCases {
      guard let band = envelope.band(kind) else { continue }
      print(
        "phase \(phase): \(kind.rawValue) operate \(band.operateLow)..\(band.operateHigh), "
          + "trip \(band.tripLow)..\(band.tripHigh)")
    }
  }

  private func showTimes(_ plan: RunPlan) {
    let file = plan.files.bench
    var scan = 0.0
    for (instrument, profile) in zip(file.instruments, plan.profiles) {
      let budget = BusBudget(profile, framing: .rtu)
      scan = max(scan, budget.acquisition.value + budget.setCurrent.value)
      let ramp = budget.isRampKnown ? "" : ", ramp unknown: a lower bound"
      print(
        "\(instrument.name): read \(milliseconds(budget.acquisition)), set "
          + "\(milliseconds(budget.setCurrent)), worst time to safe "
          + "\(milliseconds(budget.timeToSafe))\(ramp)")
    }
    if let hold = file.instruments.compactMap(\.hold).max() {
      print("contactor: opens by itself at most \(hold) after the last re-arming")
    }
    print(
      "scan period: \(file.scan) wanted, \(milliseconds(Seconds(scan))) achievable on the wire "
        + "(the devices' own thinking time, which no profile knows, comes on top)")
  }

  private func milliseconds(_ time: Seconds) -> String {
    "\((time.value * 10_000).rounded() / 10) ms"
  }
}
