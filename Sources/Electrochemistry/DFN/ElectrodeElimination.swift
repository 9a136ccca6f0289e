import Kernels

/// What one factorisation of an electrode leaves for its solves.
final class ElectrodeElimination {
  // Particles, shell-major: reciprocal pivots; coupling over the pivot below (down) and of the
  // row itself (up). With a constant diffusivity one column serves all cells.
  let pivot: LaneArray
  let down: LaneArray
  let up: LaneArray
  let columnPivot: UnsafeMutablePointer<Double>
  let columnUp: UnsafeMutablePointer<Double>
  /// d(last shell)/d(outflow q), and d(x_s) by q through shells and gradient.
  let lastByOutflow: LaneArray
  let surfaceByOutflow: LaneArray
  /// x_s = mean and last shell parts of the two outer shells' solutions.
  let surfaceByLast: LaneArray
  let surfaceByInner: LaneArray
  /// dDelta to reaction (through the particle) and to salt, as `evaluate` had them.
  let resistance: LaneArray
  let differenceBySalt: LaneArray
  let differenceBySurface: LaneArray

  // Rows of x: pivot blocks' inverses, couplings to the cell before (after elimination) and after.
  struct Row {
    /// Inverse of the eliminated pivot block, row-major: salt, face.
    var inverse = SIMD4<Double>(repeating: 0)
    /// L D^-1 of the row before.
    var lower = SIMD4<Double>(repeating: 0)
    /// Upper block.
    var upper = SIMD4<Double>(repeating: 0)
  }
  let rows: UnsafeMutablePointer<Row>
  /// The last cell's salt row after elimination: own pivot, m, and coupling to the total current.
  var lastSaltPivot = (own: 1.0, byTotal: 0.0)

  // A solve in hand: right-hand sides and solutions.
  let shellSide: LaneArray
  let surfaceShift: LaneArray
  let saltSide: LaneArray
  let faceSide: LaneArray
  let saltStep: LaneArray
  /// Steps of the ionic current: `faceStep.numbers[i]` at the left face of cell i.
  let faceStep: LaneArray
  /// Response of salt and faces to one A/m2 of total current.
  let saltResponse: LaneArray
  let faceResponse: LaneArray

  init(cells: Int, blocks: Int, shells: Int) {
    let byShell = blocks * shells
    pivot = LaneArray(byShell)
    down = LaneArray(byShell)
    up = LaneArray(byShell)
    columnPivot = .allocate(capacity: shells)
    columnPivot.initialize(repeating: 0, count: shells)
    columnUp = .allocate(capacity: shells)
    columnUp.initialize(repeating: 0, count: shells)
    lastByOutflow = LaneArray(blocks)
    surfaceByOutflow = LaneArray(blocks)
    surfaceByLast = LaneArray(blocks)
    surfaceByInner = LaneArray(blocks)
    resistance = LaneArray(blocks)
    differenceBySalt = LaneArray(blocks)
    differenceBySurface = LaneArray(blocks)
    rows = .allocate(capacity: cells)
    rows.initialize(repeating: Row(), count: cells)
    shellSide = LaneArray(byShell)
    surfaceShift = LaneArray(blocks)
    saltSide = LaneArray(blocks)
    faceSide = LaneArray(blocks)
    saltStep = LaneArray(blocks)
    faceStep = LaneArray(blocks + 1)
    saltResponse = LaneArray(blocks)
    faceResponse = LaneArray(blocks + 1)
  }

  deinit {
    columnPivot.deallocate()
    columnUp.deallocate()
    rows.deallocate()
  }
}
