import Electrochemistry
import Protocols
import Quantities

/// A part of a step under one control.
struct StepPhase {
  var control: CellControl
  /// Where the step goes on with its next part.
  var turn: StopCondition?

  init(_ control: CellControl, turn: StopCondition? = nil) {
    self.control = control
    self.turn = turn
  }

  /// The parts of a step.
  static func phases(of mode: ProtocolStep.Mode, nominalCapacity: Double) -> [StepPhase] {
    func amperes(_ value: CurrentValue) -> Double {
      value.amperes(nominal: AmpereHours(nominalCapacity)).value
    }
    switch mode {
    case .rest, .chamber: return [StepPhase(.current(0))]
    case .current(let value): return [StepPhase(.current(amperes(value)))]
    case .hold(let voltage): return [StepPhase(.voltage(voltage.value))]
    case .power(let power): return [StepPhase(.power(power.value))]
    case .resistance(let ohms): return [StepPhase(.resistance(ohms.value))]
    case .currentThenHold(let value, let voltage):
      let turn = StopCondition(.voltage, value.number > 0 ? .atLeast : .atMost, voltage.value)
      return [
        StepPhase(.current(amperes(value)), turn: turn), StepPhase(.voltage(voltage.value)),
      ]
    }
  }

  /// The cut-off that the control drives the cell towards, with its voltage; a rest drives to none.
  ///
  /// A rested cell at a cut-off, and one that is charged out of a deep discharge, do not run into
  /// anything. A held voltage is beyond a cut-off from the start or never; the solver's rounding
  /// of it decides nothing.
  func cutOff(_ setting: ExperimentSetting) -> (CutOff, StopCondition)? {
    let upper = (CutOff.upper, StopCondition(.voltage, .atLeast, setting.upperCutoff))
    let lower = (CutOff.lower, StopCondition(.voltage, .atMost, setting.lowerCutoff))
    switch control {
    case .current(let drive), .power(let drive):
      return drive > 0 ? upper : drive < 0 ? lower : nil
    case .resistance: return lower
    case .voltage(let held):
      let microvolt = 1e-6
      if held > setting.upperCutoff + microvolt { return upper }
      return held < setting.lowerCutoff - microvolt ? lower : nil
    case .ramp: return nil
    }
  }
}
