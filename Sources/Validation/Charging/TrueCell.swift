package import Electrochemistry

// Ranked goals: 1. the very cell that the twin charged, from the very state, by the same steps; 2. what no twin
// knows may be used: these charges are what a charge is measured by; 3. short.

/// A simulated cell whose truth is known, charged again and again from one state. One thread.
package struct TrueCell {
  /// Where every charge starts.
  let start: DFNSolver
  let working: DFNSolver
  let trial: DFNSolver
  /// Around the cell, K.
  package let ambient: Double

  /// At the start.
  package func stateOfCharge() throws(ModelError) -> Double {
    working.take(start)
    return try working.outputs(current: 0, ambient: ambient).stateOfCharge
  }

  /// One second of `current`, A, from `working` on, left in `trial`: just after the current was
  /// imposed, and at the end.
  func second(_ current: Double) throws(ModelError) -> (first: CellOutputs, last: CellOutputs) {
    trial.take(working)
    let first = try trial.outputs(current: current, ambient: ambient)
    for _ in 0..<StudyPlant.parts {
      try trial.step(
        current: current, ambient: ambient, duration: 1 / Double(StudyPlant.parts))
    }
    return (first, try trial.outputs(current: current, ambient: ambient))
  }
}
