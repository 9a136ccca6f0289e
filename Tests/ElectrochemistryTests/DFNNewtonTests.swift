import Electrochemistry
import Kernels
import Profiles
import Quantities
import Testing

/// The structured solution of a stage's Newton system against differences of its residual.
struct DFNNewtonTests {
  /// A cell with gradients everywhere, moved off its solution in every unknown.
  private func disturbed(
    _ solver: DFNSolver, current: Double, seed: UInt64
  ) throws -> (z: DFNVector, predicted: DFNVector) {
    try DFNFixture.run(solver, .current(current), 120)
    var z = solver.stageUnknowns
    var predicted = z
    var stream = RandomStream(seed: seed)
    for (name, range) in solver.unknownRanges {
      for i in range {
        switch name {
        case "shells", "salt": predicted[i] += 1e-4 * stream.gaussian()
        case "faces": z[i] *= 1 + 0.01 * stream.gaussian()
        default: z[i] *= 1.003
        }
      }
    }
    return (z, predicted)
  }

  /// Largest difference of -R and the residual's central difference along Newton's step, part by
  /// part, over the part's largest residual.
  private func mismatch(
    _ solver: DFNSolver, at current: Double, gh: Double, control: CellControl, seed: UInt64
  ) throws -> [String: Double] {
    let (z, predicted) = try disturbed(solver, current: current, seed: seed)
    func residual(_ z: DFNVector) -> DFNVector {
      solver.stageResidual(z, predicted: predicted, gh: gh, control: control)
    }
    let here = residual(z)
    let step = solver.stageStep(z, predicted: predicted, gh: gh, control: control)
    #expect(step.allSatisfy { $0.isFinite } && step.contains { $0 != 0 })
    let s = 1e-4
    func moved(_ share: Double) -> DFNVector { zip(z, step).map { $0 + share * $1 } }
    let (ahead, behind) = (residual(moved(s)), residual(moved(-s)))
    var worst: [String: Double] = [:]
    for (name, range) in solver.unknownRanges {
      let scale = range.map { abs(here[$0]) }.max() ?? 0
      guard scale > 0 else { continue }
      worst[name] =
        range.map { abs((ahead[$0] - behind[$0]) / (2 * s) + here[$0]) }.max().map { $0 / scale }
    }
    return worst
  }

  static let controls: [CellControl] = [
    .current(-5), .voltage(3.6), .power(-18), .resistance(0.7),
  ]
  /// Padded lanes in both electrodes and the separator, and unequal cells.
  static let mesh = DFNMesh(shells: 9, stretch: 2.5, electrode: 13, grading: 0.8, separator: 5)

  /// Rounding and the difference's own error; the voltage's slope by the salt is approximate, which
  /// costs the control's residual a little of its first step.
  private static func bound(_ part: String) -> Double { part == "current" ? 0.03 : 2e-5 }

  @Test(
    "Newton's step cancels the residual to first order",
    arguments: controls, ["chen2020", "ecker2015"])
  func jacobian(control: CellControl, name: String) throws {
    let cell = try CellFile.load(Fixtures.path("profiles/cells/\(name).json"))
      .withContactResistance(0.01)
    for gh in [0.02, 1.0, 30] {
      let solver = DFNSolver(cell, size: Self.mesh, thermal: .isothermal, relativeTolerance: 1e-6)
      try DFNFixture.start(solver, cell, 0.7)
      let worst = try mismatch(
        solver, at: -cell.nominalCapacity.value, gh: gh, control: control, seed: 3)
      for (part, value) in worst { #expect(value < Self.bound(part), "\(part) gh \(gh)") }
      #expect(worst.count == (control == .current(-5) ? 3 : 4))
    }
  }

  @Test("transfer coefficients that differ, and an entropy: the slopes are still exact")
  func generalKinetics() throws {
    var cell = try Fixtures.chen2020()
    cell.negative.anodicTransferCoefficient = 0.4
    cell.positive.cathodicTransferCoefficient = 0.62
    cell.positive.entropicChange = ParameterFunction(
      try PiecewiseCubic(spline: { $0 * 1e-4 }, over: 0...1, errorBound: 1e-9))
    let solver = DFNSolver(cell, size: Self.mesh, thermal: .isothermal, relativeTolerance: 1e-6)
    try DFNFixture.start(solver, cell, 0.7)
    let worst = try mismatch(solver, at: -5, gh: 1, control: .voltage(3.6), seed: 5)
    for (part, value) in worst { #expect(value < Self.bound(part), "\(part)") }
  }
}
