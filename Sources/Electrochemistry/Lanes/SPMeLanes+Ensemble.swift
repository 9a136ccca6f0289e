import Kernels

extension SPMeLanes {
  /// Sets every cell's state and log-factors from rows of `stride` values, one a cell: the state from 0 on,
  /// the log-factors from `factors` on. All cells count as good.
  public func load(_ rows: UnsafePointer<Double>, stride: Int, factors: Int) {
    let n = model.stateCount
    for block in 0..<blocks {
      for lane in 0..<8 {
        let row = rows + place(block, lane) * stride
        for k in 0..<n { states[block * n + k].lanes[lane] = row[k] }
      }
      failed[block] = SIMDMask(repeating: false)
      // Coefficients cost as much as a short step does.
      if loadFactors(block, rows + factors, stride) { refreshCoefficients(block) }
    }
  }

  /// The cell in a lane; the last block is filled up with copies.
  private func place(_ block: Int, _ lane: Int) -> Int {
    let cell = 8 * block + lane
    return cell < count ? cell : 0
  }

  /// Whether any factor of a block is another than before.
  private func loadFactors(
    _ block: Int, _ rows: UnsafePointer<Double>, _ stride: Int
  ) -> Bool {
    let p = parameters.count
    // One access to the class's memory for the whole block.
    return logFactors.withUnsafeMutableBufferPointer { stored in
      var changed = false
      for k in 0..<p {
        var values = SIMD8<Double>()
        for lane in 0..<8 {
          values[lane] = min(max(rows[place(block, lane) * stride + k], -20), 20)
        }
        changed = changed || values != stored[block * p + k]
        stored[block * p + k] = values
      }
      return changed
    }
  }

  /// Writes every cell's state into rows as those of `load`, and whether it has left the model's range.
  public func store(
    _ rows: UnsafeMutablePointer<Double>, stride: Int, failed marks: UnsafeMutablePointer<Bool>
  ) {
    let n = model.stateCount
    for block in 0..<blocks {
      let own = failed[block]
      let source = states + block * n
      for lane in 0..<min(8, count - 8 * block) {
        let row = rows + (8 * block + lane) * stride
        for k in 0..<n { row[k] = source[k].lanes[lane] }
        marks[8 * block + lane] = own[lane]
      }
    }
  }

  /// Advances every cell under its own current, A, and ambient temperature, K; see `step(current:)`.
  public func step(
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>, duration: Double
  ) throws(ModelError) {
    for cell in 0..<count {
      try model.checkStep(
        start: currents[cell], end: currents[cell], ambient: ambients[cell], duration: duration)
    }
    for block in 0..<blocks {
      advance(block, gathered(currents, block), gathered(ambients, block), duration)
    }
  }

  /// Outputs of every cell under its own current, A: rows of `stride` values, the first as
  /// `FilteredOutput` has them. `marks`: a state or output out of the model's range.
  public func outputs(
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>,
    into rows: UnsafeMutablePointer<Double>, stride: Int, failed marks: UnsafeMutablePointer<Bool>
  ) throws(ModelError) {
    for cell in 0..<count {
      try model.checkInputs(current: currents[cell], ambient: ambients[cell])
    }
    for block in 0..<blocks {
      let current = gathered(currents, block)
      let y = terminals(block, current, gathered(ambients, block))
      let x = UnsafePointer(states + block * model.stateCount)
      let good = inRange(x, coefficients[block], current)
      for lane in 0..<min(8, count - 8 * block) {
        let row = rows + (8 * block + lane) * stride
        row[FilteredOutput.voltage.rawValue] = y.voltage.lanes[lane]
        row[FilteredOutput.temperature.rawValue] = y.temperature.lanes[lane]
        row[FilteredOutput.negativePotentialAtSeparator.rawValue] =
          y.negativePotentialAtSeparator.lanes[lane]
        row[FilteredOutput.stateOfCharge.rawValue] = y.stateOfCharge.lanes[lane]
        row[FilteredOutput.negativeSurfaceStoichiometry.rawValue] =
          y.negativeSurfaceStoichiometry.lanes[lane]
        row[FilteredOutput.positiveSurfaceStoichiometry.rawValue] =
          y.positiveSurfaceStoichiometry.lanes[lane]
        marks[8 * block + lane] =
          !good[lane] || !y.voltage.lanes[lane].isFinite
          || !y.negativePotentialAtSeparator.lanes[lane].isFinite
      }
    }
  }

  private func gathered(_ values: UnsafePointer<Double>, _ block: Int) -> Lanes8 {
    var result = Lanes8(values[8 * block])
    for lane in 0..<min(8, count - 8 * block) { result.lanes[lane] = values[8 * block + lane] }
    return result
  }
}
