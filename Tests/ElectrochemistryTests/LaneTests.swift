import Electrochemistry
import Kernels
import Testing

/// Each lane is the model alone.
struct LaneTests {
  @Test(
    "states and voltages of thirteen cells as of thirteen models, to rounding",
    arguments: SPMe.Thermal.allCases)
  func agreement(thermal: SPMe.Thermal) throws {
    let cell = try Fixtures.chen2020()
    let model = SPMe(cell, mesh: .coarse, thermal: thermal)
    let names: [ParameterName] = [.negativeDiffusivity, .electrolyteDiffusivity]
    let lanes = SPMeLanes(model, count: 13, parameters: names)
    var stream = RandomStream(seed: 3)
    var states: [[Double]] = []
    var factors: [[Double]] = []
    for i in 0..<13 {
      states.append(
        model.rest(
          stateOfCharge: 0.3 + 0.4 * stream.uniform(), temperature: 290 + 15 * stream.uniform()))
      factors.append([0.2 * stream.gaussian(), 0.1 * stream.gaussian()])
      try lanes.setState(states[i], of: i)
      try lanes.setLogFactors(factors[i], of: i)
    }
    let currents = (0..<13).map { _ in 5 * stream.gaussian() }
    for _ in 0..<20 { try lanes.step(currents: currents, ambient: 295, duration: 1.5) }
    var volts = [Double](repeating: 0, count: 13)
    try lanes.voltages(current: 2, ambient: 295, into: &volts)
    for i in 0..<13 {
      let alone = SPMe(
        cell.scaled([
          names[0]: Double.exponential(factors[i][0]), names[1]: Double.exponential(factors[i][1]),
        ]), mesh: .coarse, thermal: thermal)
      let workspace = alone.makeWorkspace()
      var x = states[i]
      for _ in 0..<20 {
        try alone.step(
          &x, current: currents[i], ambient: 295, duration: 1.5, workspace: workspace)
      }
      let y = try lanes.state(of: i)
      for k in x.indices { #expect(abs(y[k] / x[k] - 1) < 1e-13, "cell \(i), state \(k)") }
      let voltage = try alone.outputs(x, current: 2, ambient: 295).voltage
      #expect(abs(volts[i] - voltage) < 1e-13, "cell \(i)")
      #expect(try !lanes.hasFailed(i))
    }
  }

  @Test("a lane that fails keeps its state, is marked, and disturbs no other")
  func failure() throws {
    let model = SPMe(try Fixtures.chen2020(), mesh: .coarse, thermal: .lumped)
    let (lanes, calm) = (SPMeLanes(model, count: 8), SPMeLanes(model, count: 8))
    let empty = model.rest(stateOfCharge: 0.01, temperature: 298.15)
    try lanes.setState(empty, of: 3)
    for _ in 0..<600 {
      try lanes.step(current: -10, ambient: 298.15, duration: 1)
      try calm.step(current: -10, ambient: 298.15, duration: 1)
    }
    for i in 0..<8 {
      #expect(try lanes.hasFailed(i) == (i == 3))
      if i != 3 { #expect(try lanes.state(of: i) == calm.state(of: i)) }
    }
    #expect(try lanes.state(of: 3).allSatisfy { $0.isFinite })
    try lanes.copy(0, to: 3)
    #expect(try lanes.state(of: 3) == lanes.state(of: 0) && !lanes.hasFailed(3))
  }

  @Test("refusals")
  func refusals() throws {
    let model = SPMe(try Fixtures.chen2020(), mesh: .coarse, thermal: .lumped)
    let lanes = SPMeLanes(model, count: 3, parameters: [.negativeDiffusivity])
    #expect(throws: ModelError.self) { try lanes.step(current: .nan, ambient: 298, duration: 1) }
    #expect(throws: ModelError.self) { try lanes.step(currents: [1], ambient: 298, duration: 1) }
    #expect(throws: ModelError.self) { try lanes.state(of: 3) }
    #expect(throws: ModelError.self) { try lanes.setState([1], of: 0) }
    #expect(throws: ModelError.self) { try lanes.setLogFactors([.nan], of: 0) }
    var short = [0.0]
    #expect(throws: ModelError.self) { try lanes.voltages(current: 0, ambient: 298, into: &short) }
  }
}
