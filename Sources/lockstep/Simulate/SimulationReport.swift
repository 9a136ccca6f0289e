import Electrochemistry
import Foundation
import Simulation

/// What `lockstep simulate` says at its end.
struct SimulationReport: Encodable {
  struct Step: Encodable {
    let stepCount: Int
    let text: String
    let startSecond: Double
    let endSecond: Double
    let endedBy: String

    enum CodingKeys: String, CodingKey {
      case text
      case stepCount = "step_count"
      case startSecond = "start_second"
      case endSecond = "end_second"
      case endedBy = "ended_by"
    }
  }

  let model: String
  let mesh: String
  let thermal: String
  let relativeTolerance: Double
  let termination: String
  let cutOff: String?
  let endTimeSecond: Double
  let rows: Int
  let solveSeconds: Double
  let setupSeconds: Double
  let steps: Int
  let rejections: Int
  let evaluations: Int
  let factorisations: Int
  let experimentSteps: [Step]
  let out: String

  enum CodingKeys: String, CodingKey {
    case model, mesh, thermal, termination, rows, steps, rejections, evaluations, factorisations
    case out
    case relativeTolerance = "relative_tolerance"
    case cutOff = "cut_off"
    case endTimeSecond = "end_time_second"
    case solveSeconds = "solve_seconds"
    case setupSeconds = "setup_seconds"
    case experimentSteps = "experiment_steps"
  }

  init(_ summary: ExperimentSummary, _ choice: SolverChoice, setupSeconds: Double, out: String) {
    model = choice.model.rawValue
    mesh = choice.mesh.rawValue
    thermal = choice.thermal.rawValue
    relativeTolerance = choice.relativeTolerance
    cutOff = summary.cutOff?.rawValue
    termination = summary.cutOff == nil ? "completed" : "cut-off"
    endTimeSecond = summary.endTime
    rows = summary.rows
    solveSeconds = summary.solveSeconds
    self.setupSeconds = setupSeconds
    steps = summary.statistics.steps
    rejections = summary.statistics.rejections
    evaluations = summary.statistics.evaluations
    factorisations = summary.statistics.factorisations
    experimentSteps = summary.steps.map {
      Step(
        stepCount: $0.number, text: $0.text, startSecond: $0.start, endSecond: $0.end,
        endedBy: "\($0.ending)")
    }
    self.out = out
  }

  /// Why the run ended before its last step, or nil.
  var cutOffLine: String? {
    guard cutOff != nil, let last = experimentSteps.last else { return nil }
    return "at \(last.endSecond) s, step \(last.stepCount), \"\(last.text)\": \(last.endedBy), "
      + "came before the step's own end; the rows up to then, \(rows), are in \(out)"
  }

  /// For a person; of a long protocol the last steps.
  var text: String {
    let shown = experimentSteps.suffix(20)
    var lines = shown.map { step in
      let times = String(format: "%.3f to %.3f s", step.startSecond, step.endSecond)
      return "step \(step.stepCount), \(step.text): \(times), ended by \(step.endedBy)"
    }
    if shown.count < experimentSteps.count {
      lines.insert("(\(experimentSteps.count - shown.count) steps before)", at: 0)
    }
    let solve = String(format: "%.2f ms in the solver", solveSeconds * 1e3)
    lines.append("\(model), \(mesh) mesh, \(thermal): \(steps) solver steps, \(solve)")
    lines.append("written: \(out), \(rows) rows")
    return lines.joined(separator: "\n")
  }
}
