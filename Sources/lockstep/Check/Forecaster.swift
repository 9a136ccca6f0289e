import CRealtime
import Electrochemistry
import Profiles
import Protocols
import Quantities
import Safety
import Simulation

/// The dry run of a campaign's protocols on the SPMe with lumped heat: what to expect, and which
/// limit would be broken when.
struct Forecaster {
  private let plan: RunPlan
  /// Charge and temperature that the next phase begins with.
  private var stateOfCharge: Double
  private var celsius: Double
  /// degC.
  private var ambient: Double

  /// - Parameters:
  ///   - stateOfCharge: at the start, 0..1.
  ///   - ambient: at the start, degC; the cell begins there.
  init(_ plan: RunPlan, stateOfCharge: Double, ambient: Double) {
    self.plan = plan
    self.stateOfCharge = stateOfCharge
    celsius = ambient
    self.ambient = ambient
  }

  /// Every phase in order, each from where the one before ended, rested.
  mutating func forecasts() throws -> [Forecast] {
    var forecasts: [Forecast] = []
    for (index, phase) in plan.files.campaign.phases.enumerated() {
      switch phase.job {
      case .protocol:
        guard let file = plan.files.protocols[index] else { continue }
        forecasts.append(try forecast(file, index))
      case .charge(let job):
        forecasts.append(
          Forecast(
            phase: index + 1, name: "charge", reason: "a closed loop that keeps to its limits"))
        stateOfCharge = job.target.value
      case .identify:
        forecasts.append(
          Forecast(
            phase: index + 1, name: "identify",
            reason: "designed on the bench from what is believed then, inside its limits"))
      }
    }
    return forecasts
  }

  private mutating func forecast(_ file: ProtocolFile, _ index: Int) throws -> Forecast {
    let role = plan.files.campaign.phases[index].role
    var forecast = Forecast(phase: index + 1, name: role + file.name)
    let envelope = plan.envelopes[index]
    var limits = ForecastLimits(
      envelope, try plan.files.layers(phase: index, nominalCapacity: plan.cell.nominalCapacity))
    let run = try experiment(envelope) { row in
      forecast.take(row.cell)
      let steps = file.steps
      let step = steps[min(max(row.stepCount - 1, 0), steps.count - 1)]
      limits.take(row, since: 0, step: step.text)
    }
    do {
      let summary = try run.run(.steps(file.steps))
      forecast.durationSecond = summary.endTime
    } catch let error as ExperimentError {
      forecast.reason = "\(error)"
    }
    for case .chamber(let target) in file.steps.map(\.mode) { ambient = target.value }
    forecast.breaks = limits.breaks
    stateOfCharge = forecast.stateOfChargeFinal ?? stateOfCharge
    celsius = ambient
    return forecast
  }

  private func experiment(
    _ envelope: Envelope, _ emit: @escaping (ExperimentRow) throws -> Void
  ) throws -> ExperimentRun {
    let choice = SolverChoice(model: .spme, thermal: .lumped)
    let solver: any CellSolver
    do {
      solver = try choice.makeSolver(plan.cell)
    } catch { throw CommandFailure(status: 4, message: "\(plan.files.cellPath): \(error)") }
    var setting = ExperimentSetting(
      plan.cell, stateOfCharge: stateOfCharge, temperature: celsius + 273.15,
      ambient: ambient + 273.15, period: 10)
    if let band = envelope.band(.voltage) {
      setting.lowerCutoff = band.tripLow
      setting.upperCutoff = band.tripHigh
    }
    return ExperimentRun(solver, setting, now: Self.now, emit: emit)
  }

  private static func now() -> Double { Double(lockstep_monotonic_nanoseconds()) / 1e9 }
}

extension Forecast {
  /// Widens the ranges to a row's.
  mutating func take(_ cell: SolverRow) {
    func least(_ old: Double?, _ new: Double) -> Double { min(old ?? new, new) }
    func most(_ old: Double?, _ new: Double) -> Double { max(old ?? new, new) }
    let celsius = cell.outputs.temperature - 273.15
    voltageMinimum = least(voltageMinimum, cell.outputs.voltage)
    voltageMaximum = most(voltageMaximum, cell.outputs.voltage)
    currentMinimum = least(currentMinimum, cell.current)
    currentMaximum = most(currentMaximum, cell.current)
    temperatureMinimum = least(temperatureMinimum, celsius)
    temperatureMaximum = most(temperatureMaximum, celsius)
    stateOfChargeFinal = cell.outputs.stateOfCharge
    durationSecond = cell.time
  }
}
