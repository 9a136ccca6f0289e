import Kernels

/// What Newton's steps of an electrode's face currents need, everything with inertia held.
final class FaceElimination {
  /// dDelta of a cell to its reaction, through the particle's surface too, Ohm m2.
  let resistance: LaneArray
  /// Of Ohm's law at right faces, what the face currents do not move, V.
  let known: LaneArray
  let inversePivot: LaneArray
  let side: LaneArray

  init(blocks: Int) {
    resistance = LaneArray(blocks)
    known = LaneArray(blocks)
    inversePivot = LaneArray(blocks)
    side = LaneArray(blocks)
  }
}
