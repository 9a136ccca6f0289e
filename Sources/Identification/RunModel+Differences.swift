import Electrochemistry
import Kernels
import Simulation

extension RunModel {
  /// A run of any solver, with slopes by central differences: for the DFN with heat, whose sensitivity
  /// equations are isothermal. Runs are integrated a hundred times more sharply than their difference asks.
  func differenced(
    _ cell: CellParameters, _ record: CurrentRecord, _ start: RunStart, _ outputTimes: [Double],
    _ parameters: [IdentifiedParameter], into run: inout ModelRun
  ) throws(ModelError) {
    let rows = try plain(cell, record, (start.negative, start.positive), outputTimes)
    run.reached = rows.shown.count
    run.failure = rows.failure.map { "\($0)" }
    for (k, row) in rows.shown.enumerated() {
      run.voltages[k] = row.voltage
      run.temperatures[k] = row.temperature
      run.separatorPotentials[k] = row.negativePotentialAtSeparator
    }
    let width = run.directions
    for k in 0..<width {
      // Offsets move no state and have their slopes elsewhere.
      if k < parameters.count, parameters[k].isOffset { continue }
      // Charge moves a steep curve; a tenth of a per cent of it is enough.
      let step = k < parameters.count ? 0.01 : 0.001
      func moved(_ h: Double) throws(ModelError) -> [CellOutputs] {
        var there = cell
        if k < parameters.count, case .factor(let name) = parameters[k] {
          there = cell.scaled([name: Double.exponential(h)])
        }
        let slope = start.slopes[k]
        return try plain(
          there, record, (start.negative + h * slope.negative, start.positive + h * slope.positive),
          outputTimes
        ).shown
      }
      let (up, down) = (try moved(step), try moved(-step))
      run.reached = min(run.reached, up.count, down.count)
      for row in 0..<run.reached {
        let at = row * width + k
        func slope(_ value: (CellOutputs) -> Double) -> Double {
          (value(up[row]) - value(down[row])) / (2 * step)
        }
        run.voltageSlopes[at] = slope(\.voltage)
        run.temperatureSlopes[at] = slope(\.temperature)
        run.separatorSlopes[at] = slope(\.negativePotentialAtSeparator)
      }
    }
  }

  /// Values alone, up to where the model leaves its range.
  private func plain(
    _ cell: CellParameters, _ record: CurrentRecord, _ start: (negative: Double, positive: Double),
    _ outputTimes: [Double]
  ) throws(ModelError) -> (shown: [CellOutputs], failure: ModelError?) {
    let choice = SolverChoice(
      model: name, mesh: mesh, thermal: thermal, relativeTolerance: min(tolerance, 1e-5))
    let solver = try choice.makeSolver(cell)
    try solver.start(
      negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
      temperature: record.initialTemperature)
    var shown: [CellOutputs] = []
    do throws(ModelError) {
      for i in record.times.indices.dropFirst() where record.times[i] > record.times[i - 1] {
        let (from, to) = (record.currents[i - 1], record.currents[i])
        let control = from == to ? CellControl.current(from) : .ramp(from: from, to: to)
        try solver.apply(control, ambient: record.ambient)
        if shown.count < outputTimes.count, outputTimes[shown.count] <= record.times[i - 1] {
          shown.append(try solver.row().outputs)
        }
        _ = try solver.run(
          for: record.times[i] - record.times[i - 1], stops: [],
          outputTimes: outputTimes[shown.count...].prefix { $0 < record.times[i] }.map(\.self)
        ) { shown.append($0.outputs) }
      }
      if shown.count < outputTimes.count { shown.append(try solver.row().outputs) }
    } catch { return (shown, error) }
    return (shown, nil)
  }
}
