import Electrochemistry

extension CellIdentification {
  /// Residual of a row that the model did not reach, in standard deviations.
  static let missed = 20.0

  /// One channel's whitened residuals and their slopes, `width` a row.
  struct Channel {
    var residuals: [Double]
    var slopes: [Double]
  }

  /// Whitened residuals of a run of record `r`: voltage, and temperature and reference electrode where both have
  /// one.
  func channels(_ r: Int, _ run: ModelRun) -> [Channel] {
    let record = records[r]
    var all = [
      Self.channel(
        run.voltages, run.voltageSlopes, run, record.voltages, record.voltageErrors, record.times,
        record.steepness)
    ]
    if !record.temperatures.isEmpty, model.thermal == .lumped {
      all.append(
        Self.channel(
          run.temperatures, run.temperatureSlopes, run, record.temperatures,
          record.temperatureErrors, record.times))
    }
    if fitsReference, !record.separatorPotentials.isEmpty {
      all.append(
        Self.channel(
          run.separatorPotentials, run.separatorSlopes, run, record.separatorPotentials,
          record.separatorErrors, record.times))
    }
    return all
  }

  private static func channel(
    _ shown: [Double], _ slopes: [Double], _ run: ModelRun, _ measured: [Double],
    _ errors: ErrorModel, _ times: [Double], _ steepness: [Double] = []
  ) -> Channel {
    let whitening = Whitening(errors, times: times, steepness: steepness)
    var residuals = zip(shown, measured).map { $0 - $1 }
    var moved = slopes
    whitening.apply(&residuals, width: 1, rows: run.reached)
    if run.directions > 0 { whitening.apply(&moved, width: run.directions, rows: run.reached) }
    for i in run.reached..<residuals.count { residuals[i] = missed }
    return Channel(residuals: residuals, slopes: moved)
  }

  /// Half the robust squares of all records; nil when no record could be started.
  func cost(_ values: [Double]) -> Double? {
    let parts = concurrently(records.count) { r -> Double? in
      let run = run(r, values, slopes: false)
      guard run.reached > 0 else { return nil }
      return channels(r, run).reduce(0) { $0 + loss.cost($1.residuals) }
    }
    return parts.reduce(0 as Double?) { sum, part in
      guard let sum, let part else { return nil }
      return sum + part
    }
  }

  /// The same with gradient and Gauss-Newton matrix.
  func linearised(_ values: [Double]) -> FitLinearisation? {
    let (p, n) = (parameters.count, valueCount)
    let parts = concurrently(records.count) { r -> FitLinearisation? in
      let run = run(r, values, slopes: true)
      guard run.reached > 0 else { return nil }
      return channels(r, run).reduce(into: FitLinearisation(count: p + 1)) { sum, channel in
        add(channel, reached: run.reached, to: &sum)
      }
    }
    var sum = FitLinearisation(count: n)
    for (r, part) in parts.enumerated() {
      guard let part else { return nil }
      sum.cost += part.cost
      let places = Array(0..<p) + [p + r]
      for (i, a) in places.enumerated() {
        sum.gradient[a] += part.gradient[i]
        for (j, b) in places.enumerated() {
          sum.matrix[a * n + b] += part.matrix[i * (p + 1) + j]
        }
      }
    }
    return sum
  }

  private func add(_ channel: Channel, reached: Int, to sum: inout FitLinearisation) {
    let width = parameters.count + 1
    sum.cost += loss.cost(channel.residuals)
    for i in 0..<reached {
      let residual = channel.residuals[i]
      let weight = loss.weight(residual)
      for a in 0..<width {
        let slope = weight * channel.slopes[i * width + a]
        sum.gradient[a] += slope * residual
        for b in 0...a { sum.matrix[a * width + b] += slope * channel.slopes[i * width + b] }
      }
    }
    for a in 0..<width { for b in 0..<a { sum.matrix[b * width + a] = sum.matrix[a * width + b] } }
  }

  private var loss: HuberLoss { HuberLoss(width: huber) }
}
