import Electrochemistry
import Foundation

/// A cell whose every course is a closed form: the oracle of the experiment's rules.
///
/// Open-circuit voltage U = 3 V + 1.2 V SOC, 5 A h, a resistance in series, and a temperature that
/// relaxes to ambient with a time constant of 600 s.
final class LinearCell: CellSolver {
  static let capacity = 5.0
  static let resistance = 0.05
  /// dU/dq, V per A s.
  static let slope = 1.2 / (capacity * 3600)
  static let relaxation = 600.0

  struct State {
    var time = 0.0
    /// A s since the start.
    var charge = 0.0
    var ocv = 3.0
    var temperature = 298.15
  }

  var state = State()
  var startOCV = 3.0
  var control = CellControl.current(0)
  var ambient = 298.15
  var applied: [CellControl] = []
  /// Added to a held voltage, V: a solver's rounding.
  var rounding = 0.0
  /// Stays a hair before the bound, and names the last of the stops met there.
  var isContrary = false
  /// Refuses to go on past this time, s.
  var breaksAt = Double.infinity
  /// Ran this often.
  var runs = 0
  var ramp = (start: 0.0, duration: 1.0)

  var statistics: SolverStatistics {
    var statistics = SolverStatistics()
    statistics.steps = runs
    return statistics
  }

  func start(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) throws(ModelError) {
    startOCV = 3 + 1.2 * negativeStoichiometry
    state = State(ocv: startOCV, temperature: temperature)
    runs = 0
  }

  func apply(_ control: CellControl, ambient: Double) throws(ModelError) {
    if case .current(let current) = control, current.magnitude > 500 {
      throw ModelError(quantity: "current", value: current, unit: "A", bound: "at most 500 A")
    }
    (self.control, self.ambient) = (control, ambient)
    ramp = (state.time, 1)
    applied.append(control)
  }

  func row() throws(ModelError) -> SolverRow { row(state) }

  func run(
    for duration: Double, stops: [StopCondition], outputTimes: [Double],
    emit: (SolverRow) -> Void
  ) throws(ModelError) -> RunEnd {
    runs += 1
    ramp = (state.time, duration)
    let first = row(state)
    let begun = state
    func met(_ t: Double) -> Int? {
      let now = row(after(t, from: begun))
      func isMet(_ stop: StopCondition) -> Bool {
        let value = Self.value(stop.quantity, now, first)
        return stop.side == .atLeast ? value >= stop.bound : value <= stop.bound
      }
      return isContrary ? stops.lastIndex(where: isMet) : stops.firstIndex(where: isMet)
    }
    if let stop = met(0) { return .stop(stop) }
    // Every watched quantity is monotone under one control, so that bisection finds its bound.
    var length = duration
    var stop = met(duration)
    if stop != nil {
      var (low, high) = (0.0, duration)
      for _ in 0..<80 {
        let middle = 0.5 * (low + high)
        if let earlier = met(middle) { (high, stop) = (middle, earlier) } else { low = middle }
      }
      length = isContrary ? low - 1e-6 : high
    }
    for time in outputTimes where time > begun.time && time < begun.time + length {
      if time > breaksAt { break }
      emit(row(after(time - begun.time, from: begun)))
    }
    if begun.time + length > breaksAt {
      state = after(breaksAt - begun.time, from: begun)
      throw ModelError(quantity: "patience", value: 0, unit: "", bound: "above 0")
    }
    state = after(length, from: begun)
    return stop.map { .stop($0) } ?? .duration
  }

  /// The state `t` later under the control.
  private func after(_ t: Double, from begun: State) -> State {
    var state = begun
    state.time += t
    state.temperature = ambient + (begun.temperature - ambient) * exp(-t / Self.relaxation)
    let (r, b) = (Self.resistance, Self.slope)
    switch control {
    case .current(let current): state.charge += current * t
    case .ramp(let from, let to):
      let (t0, t1) = (begun.time - ramp.start, begun.time - ramp.start + t)
      let slope = (to - from) / ramp.duration
      state.charge += from * t + 0.5 * slope * (t1 * t1 - t0 * t0)
    case .voltage(let held):
      state.charge += (held - begun.ocv) / b * (1 - exp(-t * b / r))
    case .resistance(let ohms):
      state.charge += begun.ocv / b * (exp(-t * b / (r + ohms)) - 1)
    case .power(let power):
      // t = [P / (2 I^2) - R ln |I|] / b, from U = P / I - R I and dU = b I dt.
      func clock(_ current: Double) -> Double {
        (power / (2 * current * current) - r * log(current.magnitude)) / b
      }
      let start = Self.current(power: power, ocv: begun.ocv)
      // Up to the most that the cell can give; towards `low` time goes on.
      var (low, high) = (power > 0 ? start * 1e-3 : -(-power / r).squareRoot(), start)
      for _ in 0..<200 {
        let middle = 0.5 * (low + high)
        if clock(middle) - clock(start) > t { low = middle } else { high = middle }
      }
      let current = 0.5 * (low + high)
      state.charge += (power / current - r * current - begun.ocv) / b
    }
    state.ocv = begun.ocv + b * (state.charge - begun.charge)
    return state
  }

  static func current(power: Double, ocv: Double) -> Double {
    (-ocv + max(0, ocv * ocv + 4 * resistance * power).squareRoot()) / (2 * resistance)
  }

  private func row(_ state: State) -> SolverRow {
    let u = state.ocv
    let r = Self.resistance
    var voltage: Double?
    let current: Double
    switch control {
    case .current(let value): current = value
    case .ramp(let from, let to):
      current = from + (to - from) * (state.time - ramp.start) / ramp.duration
    case .voltage(let held):
      current = (held - u) / r
      voltage = held + rounding
    case .power(let power): current = Self.current(power: power, ocv: u)
    case .resistance(let ohms): current = -u / (r + ohms)
    }
    let soc = (u - 3) / 1.2
    return SolverRow(
      time: state.time, current: current, netCapacity: state.charge / 3600,
      outputs: CellOutputs(
        voltage: voltage ?? u + current * r, temperature: state.temperature,
        negativePotentialAtSeparator: 0.1, negativeSurfaceStoichiometry: soc,
        positiveSurfaceStoichiometry: 1 - soc, stateOfCharge: soc, openCircuitVoltage: u,
        electrolyteNegativeEnd: 1000, electrolytePositiveEnd: 1000, heatOhmic: 0,
        heatIrreversible: current * current * r, heatReversible: 0))
  }

  private static func value(
    _ quantity: StopCondition.Quantity, _ row: SolverRow, _ first: SolverRow
  ) -> Double {
    switch quantity {
    case .voltage: row.outputs.voltage
    case .currentMagnitude: abs(row.current)
    case .current: row.current
    case .temperature: row.outputs.temperature
    case .negativeSurfaceStoichiometry: row.outputs.negativeSurfaceStoichiometry
    case .positiveSurfaceStoichiometry: row.outputs.positiveSurfaceStoichiometry
    case .negativePotentialAtSeparator: row.outputs.negativePotentialAtSeparator
    case .chargeMoved: abs(row.netCapacity - first.netCapacity)
    case .stateOfCharge: row.outputs.stateOfCharge
    }
  }
}
