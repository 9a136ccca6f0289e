import Electrochemistry
import Identification
import Protocols
import Quantities
import Simulation

/// The current that a protocol makes flow through the file's cell, by simulation.
struct PlannedCurrent {
  let record: CurrentRecord

  /// - Parameters:
  ///   - stateOfCharge: at the start, of the file's scale.
  ///   - ambient: K.
  init(
    _ cell: CellParameters, _ steps: [ProtocolStep], stateOfCharge: Double, ambient: Double
  ) throws {
    let setting = ExperimentSetting(
      cell, stateOfCharge: stateOfCharge, temperature: ambient, ambient: ambient, period: 30)
    let solver = try SolverChoice(model: .spme, mesh: .coarse).makeSolver(cell)
    var (times, currents) = ([Double](), [Double]())
    let run = ExperimentRun(solver, setting, now: { 0 }) { row in
      // A step's last row and the next one's first are a jump.
      times.append(row.cell.time)
      currents.append(row.cell.current)
    }
    _ = try run.run(.steps(steps))
    record = CurrentRecord(times: times, currents: currents, ambient: ambient)
  }
}
