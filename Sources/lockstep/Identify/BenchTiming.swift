import Drivers
import Excitation
import Profiles
import Quantities

extension RunPlan {
  /// What this bench's instruments can do to a current, by their profiles and its control period.
  ///
  /// - A set-point comes in the coarsest step of those that drive; 10 mA where a profile does not know.
  /// - A step stands ten seconds, five control periods, or five ramps of the slowest device, so that what is
  ///   applied is what was designed.
  /// - Between directions one device is made safe and confirmed, the other armed: four control periods as the drive
  ///   machine goes, or the wires' worst time if that is more, in whole control periods.
  var actuationTiming: ActuationTiming {
    let control = files.bench.control.value
    let driving = profiles.filter(\.drives)
    let steps = driving.map { $0.currentStep ?? 0.01 }
    let ramp = driving.compactMap(\.timing.ramp?.value).max() ?? 0
    let wires = driving.reduce(0) { sum, profile in
      let budget = BusBudget(profile, framing: .rtu)
      return sum + budget.timeToConfirmedSafe.value + budget.setCurrent.value
    }
    let change = max(4 * control, 2, wires)
    return ActuationTiming(
      dwell: max(10, 5 * control, 5 * ramp), resolution: max(steps.max() ?? 0.01, 0.001),
      directionChange: (change / control).rounded(.up) * control, period: control)
  }
}

extension InstrumentProfile {
  /// Whether it drives a current.
  fileprivate var drives: Bool { [.source, .load, .bidirectional].contains(kind) }

  /// Coarsest step in which a current may be set, A; nil: not known.
  fileprivate var currentStep: Double? {
    let commands: [CommandName] = [.setCurrent, .setSinkCurrent]
    let steps = commands.flatMap { self.commands[$0] ?? [] }.flatMap(\.writtenValues)
      .filter { values[$0].unit == "A" }.map { largestStep(of: values[$0]) }
    guard !steps.contains(nil) else { return nil }
    return steps.compactMap(\.self).max()
  }
}
