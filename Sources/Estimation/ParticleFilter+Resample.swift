import Kernels

extension ParticleFilter {
  /// Systematic resampling of one hypothesis along the ordering output, then each pick is redrawn from a
  /// kernel about it: towards the mean of its neighbours by (1 - h2)^(1/2), then h times the difference of two
  /// of them over 2^(1/2). Mean and covariance of the neighbours stay (Liu, West 2001), every linear law that
  /// all particles keep stays, and what lies apart stays apart. The mean of all is then made exact.
  mutating func resample(_ state: SensorState) {
    let range = particles(state)
    let n = dimension
    for particle in range {
      order[particle] = particle
      // The order of what has no weight does not matter, but must be one.
      let key = outputs[particle * outputCount + model.orderingOutput]
      keys[particle] = key.isFinite ? key : .infinity
    }
    IndexSort.sort(&order, range, by: keys)
    let offset = store.random.uniform()
    SystematicResampling.pick(
      store.weights, order: order, range, offset: offset, into: &picks)
    for j in 0..<n { shift[j] = 0 }
    let size = max(32, range.count / 24)
    let groups = max(1, range.count / size)
    for group in 0..<groups {
      let first = range.lowerBound + group * range.count / groups
      let end = range.lowerBound + (group + 1) * range.count / groups
      redraw(first..<end)
    }
    settle(range)
    equalWeights(state)
  }

  /// Picks of one neighbourhood, redrawn into `spare`; `shift` gathers what the means move by.
  private mutating func redraw(_ group: Range<Int>) {
    let n = dimension
    let h = settings.kernelWidth
    let keep = (1 - h * h).squareRoot()
    let width = h * 0.5.squareRoot()
    for j in 0..<n { centre[j] = 0 }
    for place in group {
      Self.add(store.rows, picks[place], 1 / Double(group.count), n, to: &centre)
    }
    for place in group {
      let word = store.random.next()
      let a = picks[group.lowerBound + Int(word >> 32) % group.count]
      let b = picks[group.lowerBound + Int(word & 0xFFFF_FFFF) % group.count]
      Self.redraw(
        store.rows, (picks[place], a, b), centre, keep, width, n, into: &spare.rows, place)
    }
    for place in group {
      let source = picks[place]
      for k in 0..<packed {
        spare.covariances[place * packed + k] = store.covariances[source * packed + k]
      }
      spare.held[place] = store.held[source]
    }
  }

  /// Replaces the particles of `range` by those of `spare`, with their weighted mean.
  private mutating func settle(_ range: Range<Int>) {
    let n = dimension
    ParticleRows.addMean(store.rows, store.weights, range, scale: 1, width: n, to: &shift)
    for particle in range {
      Self.add(spare.rows, particle, -1 / Double(range.count), n, to: &shift)
    }
    for particle in range { Self.settle(&store.rows, spare.rows, shift, particle, n) }
    for particle in range {
      for k in 0..<packed {
        store.covariances[particle * packed + k] = spare.covariances[particle * packed + k]
      }
      store.held[particle] = spare.held[particle]
    }
  }

  private static func add(
    _ rows: UnsafePointer<Double>, _ particle: Int, _ weight: Double, _ n: Int,
    to sum: UnsafeMutablePointer<Double>
  ) {
    ParticleRows.add(rows + particle * n, times: weight, to: sum, width: n)
  }

  private static func redraw(
    _ rows: UnsafePointer<Double>, _ sources: (x: Int, a: Int, b: Int),
    _ centre: UnsafePointer<Double>, _ keep: Double, _ spread: Double, _ n: Int,
    into target: UnsafeMutablePointer<Double>, _ place: Int
  ) {
    ParticleRows.redraw(
      rows + sources.x * n, about: centre, keep: keep, rows + sources.a * n,
      rows + sources.b * n, spread: spread, width: n, into: target + place * n)
  }

  private static func settle(
    _ rows: UnsafeMutablePointer<Double>, _ spare: UnsafePointer<Double>,
    _ shift: UnsafePointer<Double>, _ particle: Int, _ n: Int
  ) {
    let (row, source) = (rows + particle * n, spare + particle * n)
    for j in 0..<n { row[j] = source[j] + shift[j] }
  }
}
