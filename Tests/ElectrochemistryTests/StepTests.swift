import Electrochemistry
import Kernels
import Testing

struct StepTests {
  @Test(
    "steps of 1 s are within 0.5 mV of small ones from 1 s after a 2C step on",
    arguments: [(0.2, 10.0), (0.2, -10), (0.9, -10), (0.1, 10)])
  func currentJump(stateOfCharge: Double, current: Double) throws {
    let cell = try Fixtures.chen2020()
    let coarse = SPMe(cell, mesh: .standard, thermal: .lumped)
    let fine = SPMe(cell, mesh: .standard, thermal: .lumped, longestSubstep: 0.005)
    let workspace = coarse.makeWorkspace()
    var x = coarse.rest(stateOfCharge: stateOfCharge, temperature: 298.15)
    var z = x
    for second in 1...30 {
      try coarse.step(&x, current: current, ambient: 298.15, duration: 1, workspace: workspace)
      try fine.step(&z, current: current, ambient: 298.15, duration: 1, workspace: workspace)
      let a = try coarse.outputs(x, current: current, ambient: 298.15).voltage
      let b = try fine.outputs(z, current: current, ambient: 298.15).voltage
      #expect(abs(a - b) < 5e-4, "after \(second) s: \(1000 * (a - b)) mV")
    }
  }

  @Test("voltage converges with the second power of the step")
  func order() throws {
    let cell = try Fixtures.chen2020()
    func voltage(_ step: Double) throws -> Double {
      let model = SPMe(cell, mesh: .coarse, thermal: .lumped, longestSubstep: step)
      let workspace = model.makeWorkspace()
      var x = model.rest(stateOfCharge: 0.8, temperature: 298.15)
      try x.withUnsafeMutableBufferPointer { x throws(ModelError) in
        // A ramp, so that the start has no jump whose layer only tiny steps resolve.
        try model.step(
          x, currentFrom: 0, to: -8, ambient: 298.15, duration: 240, workspace: workspace)
      }
      return try model.outputs(x, current: -8, ambient: 298.15).voltage
    }
    let limit = try voltage(0.05)
    let errors = try [8.0, 4, 2].map { abs(try voltage($0) - limit) }
    #expect(errors[0] / errors[1] > 3.2, "\(errors)")
    #expect(errors[1] / errors[2] > 3.2, "\(errors)")
  }

  @Test("a step that fails names the quantity and leaves the state as it was")
  func lastGoodState() throws {
    let model = SPMe(try Fixtures.chen2020(), mesh: .coarse, thermal: .lumped)
    let workspace = model.makeWorkspace()
    let rest = model.rest(stateOfCharge: 0.02, temperature: 298.15)
    var x = rest
    let empty = #expect(throws: ModelError.self) {
      try model.step(&x, current: -10, ambient: 298.15, duration: 1200, workspace: workspace)
    }
    #expect(empty?.quantity.contains("stoichiometry") == true, "\(String(describing: empty))")
    #expect(x == rest)
    for current in [Double.nan, .infinity, 501, -501] {
      let error = #expect(throws: ModelError.self) {
        try model.step(&x, current: current, ambient: 298.15, duration: 1, workspace: workspace)
      }
      #expect(error?.quantity == "current" && error?.unit == "A")
      #expect(x == rest)
    }
    for (ambient, duration) in [(Double.nan, 1.0), (0, 1), (298, 0), (298, .nan), (298, -1)] {
      #expect(throws: ModelError.self) {
        try model.step(&x, current: 1, ambient: ambient, duration: duration, workspace: workspace)
      }
    }
    var short = [0.5]
    #expect(throws: ModelError.self) {
      try model.step(&short, current: 1, ambient: 298, duration: 1, workspace: workspace)
    }
  }

  @Test("rested voltage: rest at a state of charge, read it back from the voltage")
  func restedVoltage() throws {
    let model = SPMe(try Fixtures.chen2020(), mesh: .standard, thermal: .lumped)
    for soc in stride(from: 0.0, through: 1, by: 0.1) {
      let x = model.rest(stateOfCharge: soc, temperature: 298.15)
      let y = try model.outputs(x, current: 0, ambient: 298.15)
      #expect(abs(y.voltage - y.openCircuitVoltage) < 1e-12)
      #expect(abs(y.stateOfCharge - soc) < 1e-12)
      #expect(abs(y.negativePotentialAtSeparator - negative(model, soc)) < 1e-9)
      let back = try model.stateOfCharge(restedVoltage: y.voltage, temperature: 298.15)
      #expect(abs(back - soc) < 1e-9)
    }
    // BPX's limits of this cell are those of 2.5 V and 4.2 V.
    #expect(abs(try model.stateOfCharge(restedVoltage: 4.2, temperature: 298.15) - 1) < 1e-6)
    #expect(abs(try model.stateOfCharge(restedVoltage: 2.5, temperature: 298.15)) < 1e-6)
    #expect(throws: ModelError.self) {
      try model.stateOfCharge(restedVoltage: 5, temperature: 298.15)
    }
  }

  private func negative(_ model: SPMe, _ soc: Double) -> Double {
    let x = model.stoichiometries(stateOfCharge: soc).negative
    return model.parameters.negative.openCircuitPotential.curve.valueAndSlope(at: x).value
  }

  @Test("offsets and factors act where they say")
  func variation() throws {
    let cell = try Fixtures.chen2020()
    let shifted = SPMe(
      cell.offsettingOpenCircuitPotential(negative: 0.003, positive: -0.002), mesh: .coarse,
      thermal: .lumped)
    let plain = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let x = plain.rest(stateOfCharge: 0.5, temperature: 298.15)
    let a = try shifted.outputs(x, current: 0, ambient: 298.15)
    let b = try plain.outputs(x, current: 0, ambient: 298.15)
    #expect(abs(a.voltage - b.voltage + 0.005) < 1e-12)
    #expect(abs(a.negativePotentialAtSeparator - b.negativePotentialAtSeparator - 0.003) < 1e-12)
    for (i, name) in ParameterName.allCases.enumerated() {
      #expect(ParameterName(rawValue: name.rawValue) == name && i >= 0)
    }
  }
}
