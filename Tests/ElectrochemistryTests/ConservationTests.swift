import Electrochemistry
import Kernels
import Testing

struct ConservationTests {
  @Test(
    "lithium of each particle changes by the charge passed, salt not at all, to 1e-10",
    arguments: SPMe.MeshName.allCases)
  func lithium(mesh: SPMe.MeshName) throws {
    let cell = try Fixtures.chen2020()
    let model = SPMe(cell, mesh: mesh, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var x = model.rest(stateOfCharge: 0.5, temperature: 298.15)
    let salt = salt(x, model, cell)
    var stream = RandomStream(seed: 4)
    var charge = 0.0
    for _ in 0..<400 {
      let current = 5 * stream.gaussian()
      let duration = 0.1 + 3 * stream.uniform()
      try model.step(
        &x, current: current, ambient: 290, duration: duration, workspace: workspace)
      charge += current * duration
    }
    let y = try model.outputs(x, current: 0, ambient: 290)
    let faraday = PhysicalConstants.faraday
    let sites = cell.negative.sites * cell.electrodeArea * Double(cell.electrodePairs)
    let window = cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry
    #expect(abs((y.stateOfCharge - 0.5) * window - charge / (faraday * sites)) < 1e-10)
    #expect(abs(self.salt(x, model, cell) / salt - 1) < 1e-10)
  }

  private func salt(_ x: [Double], _ model: SPMe, _ cell: CellParameters) -> Double {
    let volumes = model.electrolyteWidths.enumerated().flatMap { place, widths in
      let domain =
        place == 0
        ? (cell.negative.porosity * cell.negative.thickness)
        : place == 1
          ? (cell.separator.porosity * cell.separator.thickness)
          : (cell.positive.porosity * cell.positive.thickness)
      return widths.map { $0 * domain }
    }
    return zip(x[model.layout.electrolyte], volumes).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("heat is what the terminals lose: I (V - U_surface) = ohmic + irreversible")
  func energy() throws {
    let cell = try Fixtures.chen2020().withContactResistance(0.01)
    let model = SPMe(cell, mesh: .standard, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var x = model.rest(stateOfCharge: 0.4, temperature: 288.15)
    for current in [6.0, -9, 0.1, -0.1, 0] {
      for _ in 0..<60 {
        try model.step(&x, current: current, ambient: 288.15, duration: 1, workspace: workspace)
      }
      let y = try model.outputs(x, current: current, ambient: 288.15)
      let surface = model.openCircuitVoltage(
        negative: y.negativeSurfaceStoichiometry, positive: y.positiveSurfaceStoichiometry,
        temperature: y.temperature)
      #expect(
        abs(current * (y.voltage - surface) - y.heatOhmic - y.heatIrreversible) < 1e-12)
      #expect(y.heatIrreversible >= 0)
    }
  }

  @Test("without current the cell relaxes to ambient and keeps its charge")
  func relaxation() throws {
    let model = SPMe(try Fixtures.chen2020(), mesh: .coarse, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var x = model.rest(stateOfCharge: 0.7, temperature: 310)
    for _ in 0..<40 {
      try model.step(&x, current: 0, ambient: 280, duration: 300, workspace: workspace)
    }
    let y = try model.outputs(x, current: 0, ambient: 280)
    #expect(abs(y.temperature - 280) < 1e-3)
    #expect(abs(y.stateOfCharge - 0.7) < 1e-12)
    #expect(abs(y.voltage - y.openCircuitVoltage) < 1e-9)
  }
}
