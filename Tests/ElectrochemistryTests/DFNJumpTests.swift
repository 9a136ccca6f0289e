import Electrochemistry
import Testing

@Suite("DFN: steps of fixed length after a jump, and copies")
struct DFNJumpTests {
  private static let cold = 283.15

  private static func solver(_ mesh: SPMe.MeshName) throws -> DFNSolver {
    let cell = try Fixtures.chen2020()
    let solver = DFNSolver(cell, mesh: mesh, thermal: .lumped)
    let (n, p) = (cell.negative, cell.positive)
    try solver.start(
      negativeStoichiometry: n.minimumStoichiometry
        + 0.1 * (n.maximumStoichiometry - n.minimumStoichiometry),
      positiveStoichiometry: p.maximumStoichiometry
        - 0.1 * (p.maximumStoichiometry - p.minimumStoichiometry),
      temperature: cold)
    return solver
  }

  /// Oracle: the error-controlled run, which leads the face currents to every jump in parts.
  @Test(
    "Whenever a fast charge in the cold is broken off, one second later the cell is where it should be",
    arguments: [SPMe.MeshName.coarse, .medium])
  func brokenOff(mesh: SPMe.MeshName) throws {
    let (charging, stepped, run) = (
      try Self.solver(mesh), try Self.solver(mesh), try Self.solver(mesh)
    )
    for second in 1...180 {
      try charging.step(current: 6, ambient: Self.cold, duration: 1)
      guard second.isMultiple(of: 20) else { continue }
      for current in [0.0, -1, -6] {
        stepped.take(charging)
        run.take(charging)
        try stepped.step(current: current, ambient: Self.cold, duration: 1)
        try run.apply(.current(current), ambient: Self.cold)
        _ = try run.run(for: 1, stops: [], outputTimes: []) { _ in }
        let (one, other) = (try stepped.row(), try run.row())
        #expect(abs(one.outputs.voltage - other.outputs.voltage) < 1e-3, "\(second) s, \(current)")
        #expect(abs(one.netCapacity - other.netCapacity) < 1e-9)
      }
    }
  }

  @Test("A solver that takes over another's state does what that one does, to the last bit")
  func takesOver() throws {
    let (first, second) = (try Self.solver(.coarse), try Self.solver(.coarse))
    for current in [2.0, 2, -3] {
      try first.step(current: current, ambient: Self.cold, duration: 1)
    }
    try second.step(current: 6, ambient: 300, duration: 7)
    second.take(first)
    for current in [-3.0, -3, 4, 0] {
      for solver in [first, second] {
        try solver.step(current: current, ambient: Self.cold, duration: 1)
      }
      #expect(try first.row() == second.row())
    }
    second.take(first)
    for solver in [first, second] {
      try solver.apply(.voltage(3.6), ambient: Self.cold)
      _ = try solver.run(for: 20, stops: [], outputTimes: []) { _ in }
    }
    #expect(try first.row() == second.row())
  }
}
