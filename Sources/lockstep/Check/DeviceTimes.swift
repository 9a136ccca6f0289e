import Drivers
import Profiles
import Quantities

/// What each device costs on its wire, and what that makes of the scan.
struct DeviceTimes: Encodable {
  /// One device.
  struct Device: Encodable {
    var name: String
    var readSecond: Double
    var setSecond: Double
    var timeToSafeSecond: Double
    var isRampKnown: Bool

    enum CodingKeys: String, CodingKey {
      case name
      case readSecond = "read_second"
      case setSecond = "set_second"
      case timeToSafeSecond = "time_to_safe_second"
      case isRampKnown = "ramp_known"
    }

    /// One line for a person.
    var line: String {
      let ramp = isRampKnown ? "" : ", ramp unknown: a lower bound"
      return "\(name): read \(DeviceTimes.text(readSecond)), set \(DeviceTimes.text(setSecond)), "
        + "worst time to safe \(DeviceTimes.text(timeToSafeSecond))\(ramp)"
    }
  }

  var devices: [Device]
  /// On the wire alone; the devices' own thinking time, which no profile knows, comes on top.
  var achievableScanSecond: Double
  var wantedScanSecond: Double
  /// The contactor opens by itself this long after its last re-arming.
  var holdSecond: Double?

  enum CodingKeys: String, CodingKey {
    case devices
    case achievableScanSecond = "achievable_scan_second"
    case wantedScanSecond = "wanted_scan_second"
    case holdSecond = "contactor_hold_second"
  }

  init(_ plan: RunPlan) {
    let file = plan.files.bench
    devices = []
    achievableScanSecond = 0
    for (instrument, profile) in zip(file.instruments, plan.profiles) {
      let budget = BusBudget(profile, framing: .rtu)
      // Ports run side by side: the slowest decides.
      achievableScanSecond = max(
        achievableScanSecond, budget.acquisition.value + budget.setCurrent.value)
      devices.append(
        Device(
          name: instrument.name, readSecond: budget.acquisition.value,
          setSecond: budget.setCurrent.value, timeToSafeSecond: budget.timeToSafe.value,
          isRampKnown: budget.isRampKnown))
    }
    wantedScanSecond = file.scan.value
    holdSecond = file.instruments.compactMap(\.hold).max()?.value
  }

  /// Whether the wire alone is too slow for the scan.
  var isTooSlow: Bool { achievableScanSecond > wantedScanSecond }

  /// Lines for a person.
  var lines: [String] {
    var lines = devices.map(\.line)
    if let holdSecond {
      lines.append("contactor: opens by itself at most \(holdSecond) s after the last re-arming")
    }
    lines.append(
      "scan period: \(wantedScanSecond) s wanted, \(Self.text(achievableScanSecond)) achievable on "
        + "the wire (the devices' own thinking time, which no profile knows, comes on top)")
    return lines
  }

  static func text(_ seconds: Double) -> String { "\((seconds * 10_000).rounded() / 10) ms" }
}
