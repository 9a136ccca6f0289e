import Electrochemistry
import Estimation
import Protocols
import Quantities
import Simulation

/// What one drawn cell does under a protocol.
struct EnsembleMember: Sendable {
  /// Raised inside a run when its last row is there.
  private struct Enough: Error {}

  /// At each time, values in the order of `EnsemblePrediction.Quantity`.
  private(set) var rows: [[Double]] = []
  /// When each step ended, s; nil: not within the prediction.
  private(set) var stepEnds: [Double?]
  /// Whether a cut-off of the cell came before a step's own end.
  private(set) var isCutOff = false

  /// - Parameter times: of the rows, from 0, evenly spaced; two or more.
  init(_ draw: EnsembleDraw, _ steps: [ProtocolStep], times: [Double]) throws {
    stepEnds = Array(repeating: nil, count: steps.count)
    let plant = draw.plant
    let choice = SolverChoice(
      model: .spme, mesh: draw.mesh, thermal: .lumped, relativeTolerance: 1e-5)
    let solver = try choice.makeSolver(plant)
    let setting = ExperimentSetting(
      plant, negativeStoichiometry: draw.negative, positiveStoichiometry: draw.positive,
      temperature: draw.temperature, ambient: draw.ambient, period: times[1])
    let end = times[times.count - 1]
    var kept: [[Double]] = []
    var ends = stepEnds
    var latest: (time: Double, step: Int)?
    func keep(_ row: SolverRow) {
      // Of two rows at one instant the later counts: what the next step does.
      while kept.count < times.count, times[kept.count] <= row.time + 1e-9 {
        kept.append(Self.values(row, draw))
      }
      if let last = kept.indices.last, abs(times[last] - row.time) <= 1e-9 {
        kept[last] = Self.values(row, draw)
      }
    }
    let run = ExperimentRun(solver, setting, now: { 0 }) { row in
      if let latest, latest.step != row.stepCount, latest.time <= end {
        for step in latest.step..<row.stepCount { ends[step - 1] = latest.time }
      }
      guard row.cell.time <= end + 1e-9 else { throw Enough() }
      latest = (row.cell.time, row.stepCount)
      keep(row.cell)
    }
    do {
      let summary = try run.run(.steps(steps.map(draw.done)))
      isCutOff = summary.cutOff != nil
      for step in summary.steps where step.end <= end {
        if case .cutOff = step.ending { continue }
        ends[step.number - 1] = step.end
      }
      if kept.count < times.count, summary.endTime < end {
        try solver.apply(.current(0), ambient: draw.ambient)
        keep(try solver.row())
        _ = try solver.run(
          for: end - summary.endTime, stops: [], outputTimes: Array(times[kept.count...].dropLast())
        ) { keep($0) }
        keep(try solver.row())
      }
    } catch is Enough {
      // The prediction's end lies within a step.
    }
    guard kept.count == times.count else {
      throw EstimationError(.model, "ensemble: \(kept.count) rows of \(times.count)")
    }
    rows = kept
    stepEnds = ends
  }

  private static func values(_ row: SolverRow, _ draw: EnsembleDraw) -> [Double] {
    let y = row.outputs
    return [
      row.current, y.voltage, y.temperature, y.stateOfCharge,
      y.negativePotentialAtSeparator + draw.separatorError, y.negativeSurfaceStoichiometry,
      y.positiveSurfaceStoichiometry,
    ]
  }
}
