import Kernels

/// The unknowns of one stage of a step, or as many residuals, as plain numbers: shells, salt, one
/// lane of temperature, right-face currents of both electrodes, current. Numbers that pad a lane
/// are 0 in residuals and steps.
package typealias DFNVector = [Double]

// The Newton systems as a function and its solution, so that a law can compare the two.
extension DFNSolver {
  /// The state.
  package var stageUnknowns: DFNVector {
    numbers(y.lanes, y.count) + numbers(ionic.lanes, ionic.count) + [current]
  }

  /// Which parts `stageUnknowns` has: name and range.
  package var unknownRanges: [(name: String, range: Range<Int>)] {
    let (layout, faces) = (system.layout, 8 * system.layout.blocks)
    let end = 8 * layout.count
    return [
      ("shells", 0..<(8 * layout.negativeSalt)),
      ("salt", (8 * layout.negativeSalt)..<(8 * layout.temperature)),
      ("faces", end..<(end + 2 * faces)),
      ("current", (end + 2 * faces)..<(end + 2 * faces + 1)),
    ]
  }

  /// gh f(y) - (y - predicted) in capacity form, Ohm's law at the faces, V, and the control's
  /// residual (0 where the current is given); isothermal.
  package func stageResidual(
    _ z: DFNVector, predicted p: DFNVector, gh: Double, control: CellControl
  ) -> DFNVector {
    evaluateStage(z, predicted: p, gh: gh, control: control)
    let (n, q, s) = (system.negative, system.positive, system.separator)
    return masked(
      numbers(n.elimination.shellSide.lanes, n.elimination.shellSide.count)
        + numbers(q.elimination.shellSide.lanes, q.elimination.shellSide.count)
        + numbers(n.elimination.saltSide.lanes, n.blocks) + separatorNumbers(s.side)
        + numbers(q.elimination.saltSide.lanes, q.blocks) + DFNVector(repeating: 0, count: 8)
        + numbers(n.faceResidual.lanes, n.blocks) + numbers(q.faceResidual.lanes, q.blocks)
        + [constraint()?.residual ?? 0], faces: -1)
  }

  /// Newton's step at `z`: what the structured solver makes of the residual.
  package func stageStep(
    _ z: DFNVector, predicted p: DFNVector, gh: Double, control: CellControl
  ) -> DFNVector {
    evaluateStage(z, predicted: p, gh: gh, control: control)
    let constraint = constraint()
    system.factor(gh: gh, isCurrentFree: constraint != nil)
    system.prepareSides(gh: gh, y: stage.lanes, predicted: predicted.lanes)
    let step = system.solve(constraint: constraint)
    let (n, q, s) = (system.negative, system.positive, system.separator)
    func rightFaces(_ e: PorousElectrode) -> DFNVector {
      (0..<(8 * e.blocks)).map { e.elimination.faceStep.numbers[$0 + 1] }
    }
    return masked(
      numbers(n.elimination.shellSide.lanes, n.elimination.shellSide.count)
        + numbers(q.elimination.shellSide.lanes, q.elimination.shellSide.count)
        + numbers(n.elimination.saltStep.lanes, n.blocks) + separatorNumbers(s.step)
        + numbers(q.elimination.saltStep.lanes, q.blocks) + DFNVector(repeating: 0, count: 8)
        + rightFaces(n) + rightFaces(q) + [step], faces: 0)
  }

  private func evaluateStage(
    _ z: DFNVector, predicted p: DFNVector, gh: Double, control: CellControl
  ) {
    self.control = control
    load(z, into: stage, at: 0)
    load(p, into: predicted, at: 0)
    load(z, into: stageIonic[1], at: 8 * y.count)
    stageControlCurrent = z[z.count - 1]
    rateIsKnown = false
    system.evaluate(stage.lanes, ionic: stageIonic[1].lanes, current: stageControlCurrent)
    system.prepareSides(gh: gh, y: stage.lanes, predicted: predicted.lanes)
  }

  private func load(_ z: DFNVector, into lanes: LaneArray, at first: Int) {
    for i in 0..<(8 * lanes.count) { lanes.numbers[i] = z[first + i] }
  }

  private func numbers(_ lanes: UnsafePointer<Lane>, _ count: Int) -> DFNVector {
    let values = UnsafeRawPointer(lanes).assumingMemoryBound(to: Double.self)
    return (0..<(8 * count)).map { values[$0] }
  }

  /// The separator's rows lie between its neighbours'.
  private func separatorNumbers(_ rows: LaneArray) -> DFNVector {
    let cells = system.separator.count
    return (0..<(8 * system.separator.blocks)).map { $0 < cells ? rows.numbers[$0 + 1] : 0 }
  }

  /// - Parameter faces: added to an electrode's cells; the last face is no unknown of Ohm's law.
  private func masked(_ z: DFNVector, faces: Int) -> DFNVector {
    var z = z
    let (layout, cells) = (system.layout, system.negative.count)
    let row = 8 * layout.blocks
    func clear(_ first: Int, _ rows: Int, keeping count: Int) {
      for r in 0..<rows { for i in count..<row { z[first + r * row + i] = 0 } }
    }
    clear(0, 2 * system.negative.shells, keeping: cells)
    clear(8 * layout.negativeSalt, 1, keeping: cells)
    clear(8 * layout.positiveSalt, 1, keeping: cells)
    clear(8 * layout.count, 2, keeping: cells + faces)
    return z
  }
}
