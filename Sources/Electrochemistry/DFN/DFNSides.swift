import Kernels

/// Right-hand sides of one Newton system, or their derivative by a parameter.
final class DFNSides {
  let shells: (LaneArray, LaneArray)
  let salt: (LaneArray, LaneArray)
  let faces: (LaneArray, LaneArray)
  let separator: LaneArray

  init(_ system: DFNSystem) {
    func alike(_ array: LaneArray) -> LaneArray { LaneArray(array.count) }
    let (n, p) = (system.negative.elimination, system.positive.elimination)
    shells = (alike(n.shellSide), alike(p.shellSide))
    salt = (alike(n.saltSide), alike(p.saltSide))
    faces = (alike(n.faceSide), alike(p.faceSide))
    separator = alike(system.separator.side)
  }

  /// self = a + w (what the system has); `isFirst` takes a = 0.
  func add(_ system: DFNSystem, weight w: Double, isFirst: Bool) {
    let (n, p) = (system.negative, system.positive)
    func add(_ array: LaneArray, _ source: LaneArray) {
      if isFirst {
        for i in 0..<array.count { array.lanes[i] = w * source.lanes[i] }
      } else {
        for i in 0..<array.count { array.lanes[i] += w * source.lanes[i] }
      }
    }
    add(shells.0, n.elimination.shellSide)
    add(shells.1, p.elimination.shellSide)
    add(salt.0, n.elimination.saltSide)
    add(salt.1, p.elimination.saltSide)
    add(faces.0, n.faceResidual)
    add(faces.1, p.faceResidual)
    add(separator, system.separator.side)
  }

  /// Nothing moves: the derivative by an initial value.
  func clear() {
    for array in [shells.0, shells.1, salt.0, salt.1, faces.0, faces.1, separator] {
      for i in 0..<array.count { array.lanes[i] = Lane(repeating: 0) }
    }
  }
}

extension DFNSystem {
  /// Makes `sides` the right-hand side of `solve`, with capacity times `known` added to the rows of
  /// what has inertia (nil: those rows are zero).
  func load(_ sides: DFNSides, known: UnsafePointer<Lane>?) {
    load(
      negative, sides.shells.0, sides.salt.0, sides.faces.0,
      known.map { $0 + layout.negativeShells },
      known.map { $0 + layout.negativeSalt })
    load(
      positive, sides.shells.1, sides.salt.1, sides.faces.1,
      known.map { $0 + layout.positiveShells },
      known.map { $0 + layout.positiveSalt })
    let s = separator
    let capacity = coefficients.separatorPorosity * s.width
    for k in 1...s.count {
      if let known {
        let salt = UnsafeRawPointer(known + layout.separatorSalt)
          .assumingMemoryBound(to: Double.self)
        s.side.numbers[k] = sides.separator.numbers[k] + capacity * salt[k - 1]
      } else {
        s.side.numbers[k] = 0
      }
    }
  }

  private func load(
    _ electrode: PorousElectrode, _ shells: LaneArray, _ salt: LaneArray, _ faces: LaneArray,
    _ knownShells: UnsafePointer<Lane>?, _ knownSalt: UnsafePointer<Lane>?
  ) {
    let (blocks, e) = (electrode.blocks, electrode.elimination)
    electrode.faceResidual.lanes.update(from: faces.lanes, count: blocks)
    guard let knownShells, let knownSalt else {
      for i in 0..<shells.count { e.shellSide.lanes[i] = Lane(repeating: 0) }
      for i in 0..<blocks { e.saltSide.lanes[i] = Lane(repeating: 0) }
      return
    }
    for k in 0..<electrode.shells {
      let volume = electrode.particle.volumes[k]
      for i in (k * blocks)..<((k + 1) * blocks) {
        e.shellSide.lanes[i] = shells.lanes[i] + volume * knownShells[i]
      }
    }
    let porosity = electrode.coefficients.porosity
    for b in 0..<blocks {
      e.saltSide.lanes[b] =
        salt.lanes[b] + porosity * electrode.width.lanes[b] * knownSalt[b]
    }
  }

  /// Copies the steps that `solve` left: of what has inertia into `y`, of the faces into `ionic`.
  func copySteps(
    into y: UnsafeMutablePointer<Lane>?, ionic: UnsafeMutablePointer<Lane>
  ) {
    let (n, p, blocks) = (negative.elimination, positive.elimination, layout.blocks)
    for b in 0..<blocks {
      ionic[b] = n.faceStep.numbers.lane(at: 8 * b + 1)
      ionic[blocks + b] = p.faceStep.numbers.lane(at: 8 * b + 1)
    }
    guard let y else { return }
    (y + layout.negativeShells).update(from: n.shellSide.lanes, count: n.shellSide.count)
    (y + layout.positiveShells).update(from: p.shellSide.lanes, count: p.shellSide.count)
    (y + layout.negativeSalt).update(from: n.saltStep.lanes, count: blocks)
    (y + layout.positiveSalt).update(from: p.saltStep.lanes, count: blocks)
    let salt = UnsafeMutableRawPointer(y + layout.separatorSalt)
      .assumingMemoryBound(to: Double.self)
    for k in 0..<separator.count { salt[k] = separator.step.numbers[k + 1] }
    y[layout.temperature] = Lane(repeating: 0)
  }
}
