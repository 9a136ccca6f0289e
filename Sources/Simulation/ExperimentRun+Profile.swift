import Electrochemistry

extension ExperimentRun {
  /// Follows a current to its last point; a row at each point.
  func follow(_ profile: CurrentProfile) throws {
    let (times, currents) = (profile.times, profile.currents)
    let name = "current profile"
    for i in 0..<(times.count - 1) {
      let control: CellControl =
        currents[i] == currents[i + 1]
        ? .current(currents[i]) : .ramp(from: currents[i], to: currents[i + 1])
      if i == 0 {
        try record(try switched(to: control, 1, name), 1)
      } else {
        // The current does not jump at a point: its row is the end of the piece before.
        try timed(1, name) { solver throws(ModelError) in
          try solver.apply(control, ambient: ambient)
        }
      }
      let due = OutputTimes.between(times[i], times[i + 1], every: setting.period, from: 0)
      var (_, last) = try advance(
        for: times[i + 1] - times[i], stops: [], outputTimes: due, 1, name)
      // The point's own time, to the last digit.
      time = times[i + 1]
      last.time = time
      try record(last, 1)
    }
    steps.append(StepResult(number: 1, text: name, start: 0, end: time, ending: .lastPoint))
  }
}
