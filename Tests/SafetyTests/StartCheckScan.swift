import Quantities
import Safety

/// A start check and the samples that it is given, one scan at a time. Numbers are sums of powers of two:
/// a boundary is met exactly.
struct StartCheckScan {
  private static let zero = Amperes(0.125)
  var check = StartCheckScan.fresh()
  private(set) var time = 1000.0

  static func fresh(endsAfterWeld: Bool = false, readsVoltage: Bool = true) -> StartCheck {
    var rules = StartCheck.Rules(current: Amperes(0.5), emptyBelow: Volts(2.5))
    rules.voltageTolerance = Volts(0.125)
    rules.supplyReadsVoltage = readsVoltage
    rules.loadReadsVoltage = readsVoltage
    return StartCheck(rules: rules, endsAfterWeld: endsAfterWeld)
  }

  mutating func next(
    _ current: Double = 0, voltage: Double = 3.5, terminal: Double? = nil, sourceOn: Bool = false,
    loadOn: Bool = false, closed: Bool? = true, after seconds: Double = 1,
    _ change: (inout Sample) -> Void = { _ in }
  ) -> StartCheck.Step {
    time += seconds
    var sample = Scenes.sample(
      voltage: voltage, current: current, sourceOn: sourceOn, loadOn: loadOn, at: time)
    sample.contactorIsRead = closed != nil
    sample.contactorClosed = Reading(closed ?? false, at: sample.time)
    sample.source.voltage = Reading(Volts(terminal ?? voltage), at: sample.time)
    sample.load.voltage = Reading(Volts(terminal ?? voltage), at: sample.time)
    change(&sample)
    return check.next(sample, zero: Self.zero)
  }

  func want(_ current: Double, closed: Bool) -> StartCheck.Step {
    .request(
      DriveRequest(current: Amperes(current), contactor: closed, mayStayOn: current != 0))
  }

  func trip(_ step: StartCheck.Step) -> Trip? {
    if case .failed(let trip) = step { trip } else { nil }
  }

  /// Up to `stage`, by the shortest way.
  mutating func reach(
    _ stage: StartCheck.Stage, voltage: Double = 3.5, readsVoltage: Bool = true
  ) {
    (check, time) = (Self.fresh(readsVoltage: readsVoltage), 1000)
    while check.stage != stage {
      let isWeld = check.stage == .weld
      let isPulse = check.stage == .pulse
      let isEmpty = voltage < 2.5
      _ = next(
        isPulse ? (isEmpty ? 0.5 : -0.5) : 0, voltage: voltage, sourceOn: isPulse && isEmpty,
        loadOn: isWeld || isPulse && !isEmpty)
    }
  }
}
