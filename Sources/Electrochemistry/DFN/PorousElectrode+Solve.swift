import Kernels

extension PorousElectrode {
  /// Eliminates the particles and then the cells up to the separator.
  ///
  /// On entry `elimination.shellSide` has the shells' right-hand side times volume, `saltSide` the
  /// salt's (times porosity and width). The faces' is taken from `faceResidual`.
  ///
  /// - Parameter total: step of the total current density, A/m2.
  /// - Returns: right-hand side of the last cell's salt row after elimination.
  func eliminate(total: Double) -> Double {
    let e = elimination
    forwardShells()
    let last = shells - 1
    for b in 0..<blocks {
      let outer = e.shellSide.lanes[last * blocks + b] * lastPivot(b)
      let inner = e.shellSide.lanes[(last - 1) * blocks + b] * innerPivot(b)
      // X0, with q = 0.
      e.surfaceShift.lanes[b] =
        e.surfaceByLast.lanes[b] * outer + e.surfaceByInner.lanes[b] * inner
    }
    for b in 0..<blocks {
      e.faceSide.lanes[b] = e.differenceBySurface.lanes[b] * e.surfaceShift.lanes[b]
    }
    // -(residual) - (P0_i+1 - P0_i) - r_s dI, in place, left to right.
    for b in 0..<blocks {
      let right = e.faceSide.numbers.lane(at: 8 * b + 1)
      e.faceSide.lanes[b] =
        e.faceSide.lanes[b] - right - faceResidual.lanes[b] - total * solidFace.lanes[b]
    }
    return sweep(total: total)
  }

  /// As `eliminate` with nothing but a step of the total current.
  func eliminateResponse() -> Double {
    let e = elimination
    for b in 0..<blocks {
      e.saltSide.lanes[b] = Lane(repeating: 0)
      e.faceSide.lanes[b] = -solidFace.lanes[b]
    }
    return sweep(total: 1)
  }

  private func sweep(total: Double) -> Double {
    let e = elimination
    e.faceSide.numbers[count - 1] = total
    var (a, b) = (e.saltSide.numbers[0], e.faceSide.numbers[0])
    for i in 1..<count {
      let l = e.rows[i].lower
      let c = e.saltSide.numbers[i] - (l[0] * a + l[1] * b)
      let f = e.faceSide.numbers[i] - (l[2] * a + l[3] * b)
      e.saltSide.numbers[i] = c
      e.faceSide.numbers[i] = f
      (a, b) = (c, f)
    }
    // The last face's step is known: it goes to the right-hand side.
    return a - e.lastSaltPivot.byTotal * total
  }

  /// Cells from the separator back to the collector.
  ///
  /// - Parameters:
  ///   - lastSalt: the last cell's salt step.
  ///   - total: as in `eliminate`.
  func substitute(
    lastSalt: Double, total: Double, salt: UnsafeMutablePointer<Double>,
    faces: UnsafeMutablePointer<Double>
  ) {
    let e = elimination
    let last = count - 1
    salt[last] = lastSalt
    faces[last + 1] = total
    faces[0] = 0
    var (c, f) = (lastSalt, total)
    for i in stride(from: last - 1, through: 0, by: -1) {
      let (u, inverse) = (e.rows[i].upper, e.rows[i].inverse)
      let a = e.saltSide.numbers[i] - (u[0] * c + u[1] * f)
      let b = e.faceSide.numbers[i] - (u[2] * c + u[3] * f)
      c = inverse[0] * a + inverse[1] * b
      f = inverse[2] * a + inverse[3] * b
      salt[i] = c
      faces[i + 1] = f
    }
  }

  /// Shells from the surface to the centre, given the faces' steps in `elimination.faceStep`;
  /// the steps replace `shellSide`.
  func substituteShells() {
    let e = elimination
    let source = coefficients.surfaceSource
    let last = shells - 1
    for b in 0..<blocks {
      let q =
        (e.faceStep.numbers.lane(at: 8 * b + 1) - e.faceStep.lanes[b]) * inverseWidth.lanes[b]
        * source
      let i = last * blocks + b
      var step = e.shellSide.lanes[i] * lastPivot(b) + e.lastByOutflow.lanes[b] * q
      e.shellSide.lanes[i] = step
      if isConstantDiffusivity {
        for k in stride(from: last - 1, through: 0, by: -1) {
          step = e.shellSide.lanes[k * blocks + b] * e.columnPivot[k] + e.columnUp[k] * step
          e.shellSide.lanes[k * blocks + b] = step
        }
      } else {
        for k in stride(from: last - 1, through: 0, by: -1) {
          let j = k * blocks + b
          step = e.shellSide.lanes[j] * e.pivot.lanes[j] + e.up.lanes[j] * step
          e.shellSide.lanes[j] = step
        }
      }
    }
  }

  private func forwardShells() {
    let e = elimination
    let side = e.shellSide.lanes
    if isConstantDiffusivity {
      for b in 0..<blocks {
        var value = side[b]
        for k in 1..<shells {
          // The matrix is symmetric: the coupling over the pivot below is the row's own `up`.
          value = side[k * blocks + b] + e.columnUp[k - 1] * value
          side[k * blocks + b] = value
        }
      }
    } else {
      for b in 0..<blocks {
        var value = side[b]
        for k in 1..<shells {
          let i = k * blocks + b
          value = side[i] + e.down.lanes[i] * value
          side[i] = value
        }
      }
    }
  }

  @inline(__always)
  private func lastPivot(_ b: Int) -> Lane {
    isConstantDiffusivity
      ? Lane(repeating: elimination.columnPivot[shells - 1])
      : elimination.pivot.lanes[(shells - 1) * blocks + b]
  }

  @inline(__always)
  private func innerPivot(_ b: Int) -> Lane {
    isConstantDiffusivity
      ? Lane(repeating: elimination.columnPivot[shells - 2])
      : elimination.pivot.lanes[(shells - 2) * blocks + b]
  }
}
