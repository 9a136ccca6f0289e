/// What the bench is doing when it happens: the demo's own kinds of step.
enum BenchPhase: String, CaseIterable {
  case rest, pulse, charge, hold, discharge, coolDown = "cool-down", ride

  /// The plant's, in percent.
  var stateOfCharge: Int { self == .hold ? 85 : 60 }

  var steps: [String] {
    switch self {
    case .rest: ["Rest for 5 hours"]
    case .pulse:
      ["Rest for 10 minutes"]
        + (0..<200).flatMap { _ in
          [
            "Discharge at 1C for 30 seconds or until 45 degC", "Rest for 30 seconds",
            "Charge at 0.5C for 30 seconds or until 4.2 V", "Rest for 30 seconds",
          ]
        }
    case .charge: ["Charge at C/3 until 4.2 V"]
    case .hold: ["Hold at 4.15 V until 10 mA"]
    case .discharge: ["Rest for 1 minute", "Discharge at C/3 until SOC 10 % or until 2.5 V"]
    case .coolDown:
      ["Chamber at 10 degC", "Rest for 5 hours"]
    case .ride: []
    }
  }

  static let rideCampaign = """
    schema = 1
    asset = "M50-001"
    research_override = { by = "test", reason = "virtual cell" }
    [initial]
    state_of_charge = "60 %"
    sd = "2 %"
    [[phase]]
    kind = "charge"
    policy = "ride"
    to = "95 %"
    limits = { current = "3 A", voltage = "4.2 V", temperature = "45 degC", plating_margin = "10 mV" }

    """

  /// Pace time within the train's second discharge pulse, s: pulses last some 60 ms of wall time, so
  /// that the rig itself must strike in one.
  static let pulsePace = 735.0

  /// Whether the truth so far shows the phase in full swing, a second or two of wall time after the
  /// start.
  func isReached(_ truth: Truth) -> Bool {
    guard let last = truth.rows.last, last.contactorClosed, last.pace > 500 else { return false }
    return switch self {
    case .rest: last.isQuiet
    case .pulse: last.pace > Self.pulsePace + 30
    case .charge, .ride: last.current > 1
    case .hold: last.current > 0.1 && abs(last.voltage - 4.15) < 0.02
    case .discharge: last.current < -1
    case .coolDown: last.isQuiet && last.ambient < 20
    }
  }

  /// Whether current flows.
  var flows: Bool { self != .rest && self != .coolDown }
}
