import Kernels

extension DFNSystem {
  /// Right-hand sides of one Newton step of a stage: gh f(y) - (y - predicted), in capacity form,
  /// from what `evaluate` left. With gh = 0 everything with inertia stands still.
  func prepareSides(gh: Double, y: UnsafePointer<Lane>, predicted: UnsafePointer<Lane>) {
    shellSides(negative, gh, y + layout.negativeShells, predicted + layout.negativeShells)
    shellSides(positive, gh, y + layout.positiveShells, predicted + layout.positiveShells)
    saltSides(
      negative, gh, y + layout.negativeSalt, predicted + layout.negativeSalt,
      leaving: separator.flux.numbers[0])
    saltSides(
      positive, gh, y + layout.positiveSalt, predicted + layout.positiveSalt,
      leaving: -separator.flux.numbers[separator.count])
    let s = separator
    let capacity = coefficients.separatorPorosity * s.width
    let here = UnsafeRawPointer(y + layout.separatorSalt).assumingMemoryBound(to: Double.self)
    let there = UnsafeRawPointer(predicted + layout.separatorSalt)
      .assumingMemoryBound(to: Double.self)
    for k in 0..<s.count {
      s.side.numbers[k + 1] =
        gh * (s.flux.numbers[k] - s.flux.numbers[k + 1]) - capacity * (here[k] - there[k])
    }
  }

  private func shellSides(
    _ electrode: PorousElectrode, _ gh: Double, _ y: UnsafePointer<Lane>,
    _ predicted: UnsafePointer<Lane>
  ) {
    let (blocks, side) = (electrode.blocks, electrode.elimination.shellSide.lanes)
    for k in 0..<electrode.shells {
      let volume = electrode.particle.volumes[k]
      for i in (k * blocks)..<((k + 1) * blocks) {
        side[i] = gh * electrode.shellRates.lanes[i] - volume * (y[i] - predicted[i])
      }
    }
  }

  private func saltSides(
    _ electrode: PorousElectrode, _ gh: Double, _ y: UnsafePointer<Lane>,
    _ predicted: UnsafePointer<Lane>, leaving: Double
  ) {
    let (flux, side) = (electrode.saltFlux.numbers, electrode.elimination.saltSide.lanes)
    let last = electrode.count - 1
    flux[last] = leaving
    flux[-1] = 0
    let porosity = electrode.coefficients.porosity
    for b in 0..<electrode.blocks {
      let rate =
        flux.lane(at: 8 * b - 1) - electrode.saltFlux.lanes[b]
        + coefficients.saltSource * (electrode.reaction.lanes[b] * electrode.width.lanes[b])
      side[b] = gh * rate - porosity * electrode.width.lanes[b] * (y[b] - predicted[b])
    }
  }

  /// dy/dt at the point last evaluated.
  func writeRates(into f: UnsafeMutablePointer<Lane>) {
    for (electrode, shells, salt, leaving) in [
      (negative, layout.negativeShells, layout.negativeSalt, separator.flux.numbers[0]),
      (
        positive, layout.positiveShells, layout.positiveSalt,
        -separator.flux.numbers[separator.count]
      ),
    ] {
      let blocks = electrode.blocks
      for k in 0..<electrode.shells {
        let inverse = 1 / electrode.particle.volumes[k]
        for i in (k * blocks)..<((k + 1) * blocks) {
          f[shells + i] = electrode.shellRates.lanes[i] * inverse
        }
      }
      let flux = electrode.saltFlux.numbers
      flux[electrode.count - 1] = leaving
      flux[-1] = 0
      for b in 0..<blocks {
        let rate =
          flux.lane(at: 8 * b - 1) - electrode.saltFlux.lanes[b]
          + coefficients.saltSource * (electrode.reaction.lanes[b] * electrode.width.lanes[b])
        f[salt + b] =
          rate * electrode.inverseWidth.lanes[b] * (1 / electrode.coefficients.porosity)
      }
    }
    let s = separator
    let out = UnsafeMutableRawPointer(f + layout.separatorSalt)
      .assumingMemoryBound(to: Double.self)
    let inverse = 1 / (coefficients.separatorPorosity * s.width)
    for k in 0..<s.count { out[k] = (s.flux.numbers[k] - s.flux.numbers[k + 1]) * inverse }
    f[layout.temperature] = Lane(repeating: 0)
    f[layout.temperature][0] = temperatureRate
  }

  /// Adds a current, A, to the face currents as if the reaction took it evenly: a jump left to the
  /// last cell alone would start Newton too far away.
  func spread(_ current: Double, over ionic: UnsafeMutablePointer<Lane>) {
    let numbers = UnsafeMutableRawPointer(ionic).assumingMemoryBound(to: Double.self)
    let density = total(current)
    for (electrode, first, sign) in [
      (negative, 0, -1.0), (positive, 8 * layout.blocks, 1.0),
    ] {
      var position = 0.0
      for i in 0..<(electrode.count - 1) {
        position += electrode.relativeWidths[i]
        numbers[first + i] += sign * density * position
      }
    }
  }

  /// dT/dt, K/s, at the point last evaluated.
  var temperatureRate: Double {
    thermal == .isothermal
      ? 0
      : (heat.total - coefficients.cooling * (temperature - ambient)) / coefficients.heatCapacity
  }

  /// Adds the steps that `solve` left.
  ///
  /// - Returns: the largest of them by what it may move the voltage, V (see `VoltageWeight`);
  ///   infinite when one is not a number.
  func applySteps(
    gh: Double, y: UnsafeMutablePointer<Lane>, predicted: UnsafePointer<Lane>,
    ionic: UnsafeMutablePointer<Lane>
  ) -> Double {
    var shells = (0.0, 0.0)
    var salt = 0.0
    var heat = 0.0
    if gh > 0 {
      shells = (
        add(negative.elimination.shellSide, to: y + layout.negativeShells),
        add(positive.elimination.shellSide, to: y + layout.positiveShells)
      )
      salt = max(
        add(negative.elimination.saltStep, to: y + layout.negativeSalt),
        add(positive.elimination.saltStep, to: y + layout.positiveSalt))
      let level = UnsafeMutableRawPointer(y + layout.separatorSalt)
        .assumingMemoryBound(to: Double.self)
      for k in 0..<separator.count {
        level[k] += separator.step.numbers[k + 1]
        salt = max(salt, separator.step.numbers[k + 1].magnitude)
      }
      if thermal != .isothermal {
        let step =
          (gh * temperatureRate - (temperature - predicted[layout.temperature][0]))
          / (1 + gh * coefficients.cooling / coefficients.heatCapacity)
        y[layout.temperature][0] += step
        heat = step.magnitude
      }
    }
    var largest = Lane(repeating: 0)
    for b in 0..<layout.blocks {
      let n = negative.elimination.faceStep.numbers.lane(at: 8 * b + 1)
      let p = positive.elimination.faceStep.numbers.lane(at: 8 * b + 1)
      ionic[b] += n
      ionic[layout.blocks + b] += p
      largest = Lane.larger(largest, Lane.larger(Lane.magnitude(n), Lane.magnitude(p)))
    }
    let faces = largest.max() * inverseUnitDensity
    // max() and comparisons drop a NaN; a sum keeps it.
    guard (shells.0 + shells.1 + salt + heat + largest.sum()).isFinite else { return .infinity }
    return max(
      shells.0 * negative.voltageWeight, shells.1 * positive.voltageWeight,
      salt * VoltageWeight.salt, faces * VoltageWeight.current, heat * VoltageWeight.temperature)
  }

  /// - Returns: the largest step; infinite when one is not a number.
  private func add(_ steps: LaneArray, to y: UnsafeMutablePointer<Lane>) -> Double {
    var largest = Lane(repeating: 0)
    var sum = Lane(repeating: 0)
    for i in 0..<steps.count {
      let step = steps.lanes[i]
      y[i] += step
      sum += step
      largest = Lane.larger(largest, Lane.magnitude(step))
    }
    return sum.sum().isFinite ? largest.max() : .infinity
  }
}

/// What a change is worth in terminal voltage, roughly: one unit for errors of unlike kinds.
enum VoltageWeight {
  /// V per unit of c/c0: 2 RT/F.
  static let salt = 0.05
  /// V per 1C of a face current: a tenth of the ionic resistance would do.
  static let current = 0.02
  /// V/K.
  static let temperature = 1e-3
}
