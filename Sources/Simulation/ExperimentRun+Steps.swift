import Electrochemistry
import Protocols
import Quantities

extension ExperimentRun {
  /// Does one step.
  ///
  /// A step whose end holds before any time has passed writes no row: nothing was done.
  /// - Returns: the cut-off that ended the run in it.
  func perform(_ step: ProtocolStep, _ number: Int) throws -> CutOff? {
    let start = time
    func note(_ ending: StepResult.Ending) {
      steps.append(
        StepResult(number: number, text: step.text, start: start, end: time, ending: ending))
    }
    if case .chamber(let target) = step.mode {
      ambient = target.value + 273.15
      if step.ends.isEmpty {
        note(.reached("ambient at \(target)"))
        return nil
      }
    }
    let name = "\"\(step.text)\""
    let end = start + step.timeLimit.value
    var moved = 0.0
    for phase in StepPhase.phases(of: step.mode, nominalCapacity: setting.nominalCapacity) {
      let first = try switched(to: phase.control, number, name)
      let stops = StepStops(step, phase, at: first, moved: moved, ambient: ambient, setting)
      var met = stops.met(at: first, since: first)
      if case .turn = met { continue }
      if case .end(let reason) = met {
        note(time == start ? .skipped("\(reason)") : .reached("\(reason)"))
        return nil
      }
      try record(first, number)
      // Outside a cut-off from the start: a held voltage has no other way of getting there.
      if met == nil {
        let due = OutputTimes.between(
          time, end, every: step.period?.value ?? setting.period,
          from: step.period == nil ? 0 : start)
        let (why, last) = try advance(
          for: end - time, stops: stops.conditions, outputTimes: due, number, name)
        try record(last, number)
        moved += last.netCapacity - first.netCapacity
        guard case .stop(let index) = why else {
          time = end
          note(step.duration.map { .reached("\(StepEnd.duration($0))") } ?? .timeLimit(end - start))
          return nil
        }
        met = stops.meanings[index]
        // An end of its own that holds at the same instant has come no later.
        if case .cutOff = met, let own = stops.met(at: last, since: first) { met = own }
      }
      switch met {
      case .end(let reason):
        note(.reached("\(reason)"))
        return nil
      case .cutOff(let side):
        note(.cutOff(side, side == .upper ? setting.upperCutoff : setting.lowerCutoff))
        return side
      case .turn, nil: continue
      }
    }
    return nil
  }
}
