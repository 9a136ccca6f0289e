import Electrochemistry
import Protocols
import Simulation

/// What an experiment on a cell came to.
struct Outcome {
  var rows: [ExperimentRow] = []
  var summary: ExperimentSummary?
  var error: (any Error)?

  var times: [Double] { rows.map(\.cell.time) }
  var stepCounts: [Int] { rows.map(\.stepCount) }
  var endings: [String] { (summary?.steps ?? []).map { "\($0.ending)" } }
}

/// A setting for the linear cell: 5 A h, 3.0 to 4.2 V.
func setting(
  stateOfCharge: Double, temperature: Double = 298.15, ambient: Double = 298.15,
  period: Double = 10
) -> ExperimentSetting {
  ExperimentSetting(
    nominalCapacity: LinearCell.capacity, lowerCutoff: 3, upperCutoff: 4.2,
    temperature: temperature, ambient: ambient, period: period,
    negativeStoichiometry: stateOfCharge, positiveStoichiometry: 1 - stateOfCharge)
}

/// Runs `experiment` on `cell`.
func simulate(
  _ experiment: Experiment, _ setting: ExperimentSetting, on cell: any CellSolver = LinearCell()
) -> Outcome {
  var outcome = Outcome()
  let run = ExperimentRun(cell, setting, now: { 0 }) { outcome.rows.append($0) }
  do {
    outcome.summary = try run.run(experiment)
  } catch {
    outcome.error = error
  }
  return outcome
}

/// Runs step strings on the linear cell.
func simulate(
  _ steps: [String], _ setting: ExperimentSetting, on cell: any CellSolver = LinearCell()
) throws -> Outcome {
  simulate(
    .steps(try steps.map { try ProtocolStep(parsing: $0, grammar: .simulation) }), setting,
    on: cell)
}
