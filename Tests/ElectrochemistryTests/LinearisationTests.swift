import Electrochemistry
import Testing

/// Dual derivatives against central differences of the very same step, to 1e-6.
struct LinearisationTests {
  static let parameters: [ParameterName] = ParameterName.allCases

  private func start(_ thermal: SPMe.Thermal) throws -> (SPMe, SPMeWorkspace, [Double]) {
    var cell = try Fixtures.chen2020().withContactResistance(0.012)
    // Every path must carry derivatives, also those that Chen2020 leaves at zero.
    cell.negative.diffusivityActivationEnergy = 20_000
    cell.positive.diffusivityActivationEnergy = 15_000
    cell.electrolyte.diffusivityActivationEnergy = 12_000
    cell.electrolyte.conductivityActivationEnergy = 9_000
    let model = SPMe(cell, mesh: .coarse, thermal: thermal)
    let workspace = model.makeWorkspace()
    var x = model.rest(stateOfCharge: 0.55, temperature: 292)
    for _ in 0..<45 {
      try model.step(&x, current: 4, ambient: 291, duration: 1, workspace: workspace)
    }
    return (model, workspace, x)
  }

  private func close(_ dual: Double, _ difference: Double, scale: Double) -> Bool {
    abs(dual - difference) <= 1e-6 * max(abs(dual), scale)
  }

  @Test("F, dx/dI and dx/d(ambient)", arguments: SPMe.Thermal.allCases)
  func states(thermal: SPMe.Thermal) throws {
    let (model, workspace, x) = try start(thermal)
    let n = model.stateCount
    var result = LinearisedStep(model, parameters: [])
    try x.withUnsafeBufferPointer { x throws(ModelError) in
      try model.linearise(
        x, current: 3, ambient: 290, duration: 1, workspace: workspace, into: &result)
    }
    func next(_ x: [Double], _ current: Double, _ ambient: Double) throws -> [Double] {
      var x = x
      try model.step(&x, current: current, ambient: ambient, duration: 1, workspace: workspace)
      return x
    }
    #expect(try next(x, 3, 290) == result.next)
    for j in 0..<n {
      let h = 1e-5 * max(1, abs(x[j]))
      var (up, down) = (x, x)
      up[j] += h
      down[j] -= h
      let (a, b) = (try next(up, 3, 290), try next(down, 3, 290))
      let scale = (0..<n).map { abs(result.stateJacobian[$0 * n + j]) }.max() ?? 0
      for i in 0..<n {
        #expect(
          close(result.stateJacobian[i * n + j], (a[i] - b[i]) / (2 * h), scale: scale),
          "dx\(i)/dx\(j)")
      }
    }
    let (a, b) = (try next(x, 3.001, 290), try next(x, 2.999, 290))
    let (c, d) = (try next(x, 3, 290.01), try next(x, 3, 289.99))
    for i in 0..<n {
      #expect(close(result.currentJacobian[i], (a[i] - b[i]) / 0.002, scale: 1e-3), "dx\(i)/dI")
      #expect(close(result.ambientJacobian[i], (c[i] - d[i]) / 0.02, scale: 1e-3), "dx\(i)/dTa")
    }
  }

  @Test("every parameter, in the step and in the outputs", arguments: SPMe.Thermal.allCases)
  func parameters(thermal: SPMe.Thermal) throws {
    let (model, workspace, x) = try start(thermal)
    let (n, p) = (model.stateCount, Self.parameters.count)
    var step = LinearisedStep(model, parameters: Self.parameters)
    var outputs = LinearisedOutputs(model, parameters: Self.parameters)
    try x.withUnsafeBufferPointer { x throws(ModelError) in
      try model.linearise(
        x, current: 3, ambient: 290, duration: 1, workspace: workspace, into: &step)
      try model.lineariseOutputs(
        x, current: 3, ambient: 290, workspace: workspace, into: &outputs)
    }
    for (k, name) in Self.parameters.enumerated() {
      let h = 1e-4
      func shifted(_ sign: Double) throws -> (next: [Double], outputs: [Double]) {
        let other = SPMe(
          model.parameters.scaled([name: 1 + sign * h]), mesh: .coarse, thermal: thermal)
        var next = x
        try other.step(&next, current: 3, ambient: 290, duration: 1, workspace: workspace)
        return (next, rows(try other.outputs(x, current: 3, ambient: 290)))
      }
      let (a, b) = (try shifted(1), try shifted(-1))
      // d/d(ln f) at f = 1 is d/df there.
      for i in 0..<n {
        let difference = (a.next[i] - b.next[i]) / (2 * h)
        #expect(
          close(step.parameterJacobian[i * p + k], difference, scale: 1e-2),
          "dx\(i)/d ln \(name.rawValue)")
      }
      for row in FilteredOutput.allCases {
        let difference = (a.outputs[row.rawValue] - b.outputs[row.rawValue]) / (2 * h)
        #expect(
          close(outputs.parameterJacobian[row.rawValue * p + k], difference, scale: 1e-1),
          "d\(row)/d ln \(name.rawValue)")
      }
    }
  }

  @Test("outputs with respect to state and current", arguments: SPMe.Thermal.allCases)
  func outputs(thermal: SPMe.Thermal) throws {
    let (model, workspace, x) = try start(thermal)
    let n = model.stateCount
    var result = LinearisedOutputs(model, parameters: [])
    try x.withUnsafeBufferPointer { x throws(ModelError) in
      try model.lineariseOutputs(x, current: -6, ambient: 290, workspace: workspace, into: &result)
    }
    #expect(rows(try model.outputs(x, current: -6, ambient: 290)) == result.values)
    for j in 0..<n {
      let h = 1e-6 * max(1, abs(x[j]))
      var (up, down) = (x, x)
      up[j] += h
      down[j] -= h
      let a = rows(try model.outputs(up, current: -6, ambient: 290))
      let b = rows(try model.outputs(down, current: -6, ambient: 290))
      for row in 0..<FilteredOutput.allCases.count {
        #expect(
          close(result.stateJacobian[row * n + j], (a[row] - b[row]) / (2 * h), scale: 1e-2),
          "output \(row) by x\(j)")
      }
    }
    let a = rows(try model.outputs(x, current: -5.999, ambient: 290))
    let b = rows(try model.outputs(x, current: -6.001, ambient: 290))
    for row in 0..<FilteredOutput.allCases.count {
      #expect(close(result.currentJacobian[row], (a[row] - b[row]) / 0.002, scale: 1e-3))
    }
  }

  @Test("log factors move the step as scaled parameters do")
  func logFactors() throws {
    let (model, workspace, x) = try start(.lumped)
    let names: [ParameterName] = [.negativeDiffusivity, .contactResistance]
    var result = LinearisedStep(model, parameters: names)
    var scaled = x
    let other = SPMe(
      model.parameters.scaled([.negativeDiffusivity: 2, .contactResistance: 0.5]), mesh: .coarse,
      thermal: .lumped)
    try other.step(&scaled, current: 3, ambient: 290, duration: 1, workspace: workspace)
    try x.withUnsafeBufferPointer { x throws(ModelError) in
      try model.linearise(
        x, current: 3, ambient: 290, duration: 1,
        logFactors: [0.693147180559945, -0.693147180559945], workspace: workspace, into: &result)
    }
    for i in 0..<model.stateCount { #expect(abs(result.next[i] - scaled[i]) < 1e-12 * abs(x[i])) }
  }

  private func rows(_ y: CellOutputs) -> [Double] {
    FilteredOutput.allCases.map {
      switch $0 {
      case .voltage: y.voltage
      case .temperature: y.temperature
      case .negativePotentialAtSeparator: y.negativePotentialAtSeparator
      case .stateOfCharge: y.stateOfCharge
      case .negativeSurfaceStoichiometry: y.negativeSurfaceStoichiometry
      case .positiveSurfaceStoichiometry: y.positiveSurfaceStoichiometry
      }
    }
  }
}
