import Kernels

extension SPMeLanes {
  /// Advances all cells under one current, A, positive = charge; see `SPMe.step`. A cell that leaves
  /// the model's range keeps the state it had and is marked.
  public func step(current: Double, ambient: Double, duration: Double) throws(ModelError) {
    try model.checkStep(start: current, end: current, ambient: ambient, duration: duration)
    for block in 0..<blocks { advance(block, Lanes8(current), Lanes8(ambient), duration) }
  }

  /// As above, each cell with its own current.
  public func step(currents: [Double], ambient: Double, duration: Double) throws(ModelError) {
    guard currents.count == count else {
      throw ModelError(
        quantity: "number of currents", value: Double(currents.count), unit: "",
        bound: "\(count), one for each cell")
    }
    for current in currents {
      try model.checkStep(start: current, end: current, ambient: ambient, duration: duration)
    }
    for block in 0..<blocks {
      advance(block, gathered(currents, block), Lanes8(ambient), duration)
    }
  }

  /// Voltages of all cells under one current, V; NaN where a state is out of the model's range.
  public func voltages(
    current: Double, ambient: Double, into volts: inout [Double]
  ) throws(ModelError) {
    try model.checkInputs(current: current, ambient: ambient)
    guard volts.count == count else {
      throw ModelError(
        quantity: "number of voltages", value: Double(volts.count), unit: "",
        bound: "\(count), one for each cell")
    }
    for block in 0..<blocks {
      let y = terminals(block, Lanes8(current), Lanes8(ambient)).voltage.lanes
      for lane in 0..<min(8, count - 8 * block) { volts[8 * block + lane] = y[lane] }
    }
  }

  private func gathered(_ values: [Double], _ block: Int) -> Lanes8 {
    var result = Lanes8(values[8 * block])
    for lane in 0..<min(8, count - 8 * block) { result.lanes[lane] = values[8 * block + lane] }
    return result
  }

  func advance(_ block: Int, _ current: Lanes8, _ ambient: Lanes8, _ duration: Double) {
    let n = model.stateCount
    let x = states + block * n
    scratch.state.update(from: x, count: n)
    let parts = max(1, Int((duration / model.longestSubstep).rounded(.up)))
    for _ in 0..<parts {
      // Lanes that fail go on as NaN and are put back below; nothing is thrown.
      try? model.advancePart(
        scratch, coefficients: coefficients[block], currents: (current, current),
        ambient: ambient, duration: duration / Double(parts), validate: { _ in })
    }
    let good = inRange(scratch.state, coefficients[block], current)
    failed[block] = failed[block] .| .!good
    for k in 0..<n { x[k] = Lanes8.select(good, scratch.state[k], x[k]) }
  }

  /// The bounds of `SPMe.checkState` and `checkSurfaces`, lane by lane; NaN is outside.
  func inRange(
    _ x: UnsafePointer<Lanes8>, _ c: SPMeCoefficients<Lanes8>, _ current: Lanes8
  ) -> SIMDMask<SIMD8<Int64>> {
    let layout = model.layout
    var (low, high, sum) = (x[0], x[0], Lanes8(0))
    for i in 0..<layout.positiveParticle.upperBound {
      low = Lanes8.minimum(x[i], low)
      high = Lanes8.maximum(x[i], high)
      sum += x[i]
    }
    var good = (low.lanes .>= 0) .& (high.lanes .<= 1)
    low = Lanes8(1)
    for i in layout.electrolyte {
      low = Lanes8.minimum(x[i], low)
      sum += x[i]
    }
    let temperature = x[layout.temperature]
    good = good .& (low.lanes .> 0)
    good = good .& (temperature.lanes .>= 150) .& (temperature.lanes .<= 500)
    func within(_ surface: Lanes8, _ electrode: ModelFunctions.Electrode) {
      let (a, b) = (max(electrode.range.lowerBound, 0), min(electrode.range.upperBound, 1))
      good = good .& (surface.lanes .> a) .& (surface.lanes .< b)
    }
    within(
      model.surfaceStoichiometry(
        x, mesh: model.negativeMesh, coefficients: c.negative,
        functions: model.functions.negative, temperature: temperature, current: current),
      model.functions.negative)
    within(
      model.surfaceStoichiometry(
        x + layout.positiveParticle.lowerBound, mesh: model.positiveMesh,
        coefficients: c.positive, functions: model.functions.positive,
        temperature: temperature, current: current), model.functions.positive)
    // Minima skip NaN; the sum does not.
    return good .& (sum.lanes .== sum.lanes)
  }

  func terminals(
    _ block: Int, _ current: Lanes8, _ ambient: Lanes8
  ) -> TerminalValues<Lanes8> {
    let x = UnsafePointer(states + block * model.stateCount)
    let temperature = model.thermal == .isothermal ? ambient : x[model.layout.temperature]
    let eta = model.overpotentials(
      x, coefficients: coefficients[block], temperature: temperature, current: current)
    return model.terminals(
      x, coefficients: coefficients[block], overpotentials: eta, temperature: temperature,
      current: current,
      branch: OpenCircuitBranch(current: current.lanes[0]) ?? model.restingBranch)
  }
}
