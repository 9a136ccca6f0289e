import Electrochemistry
import Kernels
import Profiles
import Quantities
import Testing

/// The face currents by one tridiagonal system an electrode against the full Newton system, which a held
/// voltage takes: what shows a voltage under a current must draw that current under the voltage.
struct FaceSettlingTests {
  static let cells = ["chen2020", "ecker2015"]

  private func cell(_ name: String) throws -> CellParameters {
    var cell = try CellFile.load(Fixtures.path("profiles/cells/\(name).json"))
    cell.negative.anodicTransferCoefficient = 0.42
    cell.positive.entropicChange = ParameterFunction(
      try PiecewiseCubic(spline: { $0 * 1e-4 }, over: 0...1, errorBound: 1e-9))
    return cell
  }

  /// A cell with gradients everywhere; its salt and its particles are then left as they are.
  private func used(_ cell: CellParameters, _ stateOfCharge: Double) throws -> DFNSolver {
    let solver = try DFNFixture.solver(
      cell, thermal: .lumped, tolerance: 1e-7, stateOfCharge: stateOfCharge)
    try DFNFixture.run(solver, .current(-cell.nominalCapacity.value), 200)
    return solver
  }

  @Test(
    "a jump of the current is answered as the jump to its voltage is", arguments: cells,
    [0.25, 0.9])
  func agreesWithTheFullSystem(name: String, stateOfCharge: Double) throws {
    let cell = try cell(name)
    for rate in [-3, -1, -0.05, 0, 0.4, 1.5] {
      let current = rate * cell.nominalCapacity.value
      let (given, held) = (try used(cell, stateOfCharge), try used(cell, stateOfCharge))
      try given.apply(.current(current), ambient: 298.15)
      try held.apply(.voltage(given.row().outputs.voltage), ambient: 298.15)
      let found = try held.row()
      #expect(abs(found.current - current) < 1e-7 * cell.nominalCapacity.value, "\(rate) C")
      let wanted = try given.row().outputs.negativePotentialAtSeparator
      #expect(abs(found.outputs.negativePotentialAtSeparator - wanted) < 1e-8, "\(rate) C")
    }
  }
}
