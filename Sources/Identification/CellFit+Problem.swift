import Dispatch
import Electrochemistry

extension CellFit: FitProblem {
  var priors: [FitPrior] {
    modification.parameters.map { FitPrior(mean: $0.prior, sd: $0.priorSD, bounds: $0.bounds) }
      + records.map {
        FitPrior(mean: 0, sd: $0.stateOfChargeSD, bounds: -0.1...0.1)
      }
  }

  func cost(_ values: [Double]) -> Double? {
    guard let model = model(values) else { return nil }
    let all = parallel(records.count) { r in
      self.residuals(r, model, values[self.modification.parameters.count + r])
    }
    return zip(records, all).reduce(0) { $0 + self.cost($1.1, weight: self.weight($1.0)) }
  }

  func linearised(_ values: [Double]) -> FitLinearisation? {
    guard let model = model(values) else { return nil }
    let (g, n) = (modification.parameters.count, valueCount)
    let steps = priors.map { 0.02 * $0.sd }
    // One model for each parameter moved; towards the inside of the bounds.
    let moved = (0..<g).map { k in
      var there = values
      let up = values[k] + steps[k] <= priors[k].bounds.upperBound
      there[k] += up ? steps[k] : -steps[k]
      return (self.model(there), there[k] - values[k])
    }
    let parts = parallel(records.count) { r in
      let offset = values[g + r]
      let here = self.residuals(r, model, offset)
      var columns = moved.map { model, step in
        model.map { Self.slope(self.residuals(r, $0, offset), here, step) }
          ?? Array(repeating: 0, count: here.count)
      }
      columns.append(
        Self.slope(self.residuals(r, model, offset + steps[g + r]), here, steps[g + r]))
      return (here, columns)
    }
    var sum = FitLinearisation(
      cost: 0, gradient: Array(repeating: 0, count: n), matrix: Array(repeating: 0, count: n * n))
    for (r, part) in parts.enumerated() {
      let weight = weight(records[r])
      sum.cost += cost(part.0, weight: weight)
      let indices = Array(0..<g) + [g + r]
      for (i, a) in indices.enumerated() {
        for k in part.0.indices {
          sum.gradient[a] += weight * factor(part.0[k]) * part.1[i][k] * part.0[k]
        }
        for (j, b) in indices.enumerated() where j <= i {
          var entry = 0.0
          for k in part.0.indices { entry += factor(part.0[k]) * part.1[i][k] * part.1[j][k] }
          sum.matrix[a * n + b] += weight * entry
          if a != b { sum.matrix[b * n + a] += weight * entry }
        }
      }
    }
    return sum
  }

  private static let missed = 20.0

  private func model(_ values: [Double]) -> SPMe? {
    guard let cell = try? modification.cell(values) else { return nil }
    return SPMe(cell, mesh: mesh, thermal: .lumped, longestSubstep: longestSubstep)
  }

  /// In standard deviations: voltages, then temperatures. What the model did not reach counts as
  /// `missed` and tells no direction.
  func residuals(_ r: Int, _ model: SPMe, _ offset: Double) -> [Double] {
    let record = records[r]
    let run = RecordSimulation(record, model, stateOfChargeOffset: offset)
    var residuals: [Double] = []
    for (k, row) in record.compared.enumerated() {
      let charge = slopes[r][k] * chargeSD
      let sd = (record.voltageSD * record.voltageSD + charge * charge).squareRoot()
      let residual = (run.voltages[k] - record.voltages[row]) / sd
      residuals.append(residual.isFinite ? residual : Self.missed)
    }
    guard !record.temperatures.isEmpty else { return residuals }
    for (k, row) in record.compared.enumerated() {
      let residual = (run.temperatures[k] - record.temperatures[row]) / record.temperatureSD
      residuals.append(residual.isFinite ? residual : Self.missed)
    }
    return residuals
  }

  private static func slope(_ there: [Double], _ here: [Double], _ step: Double) -> [Double] {
    zip(there, here).map { $0 == Self.missed || $1 == Self.missed ? 0 : ($0 - $1) / step }
  }

  func weight(_ record: MeasuredRecord) -> Double {
    min(1, record.independentRows / Double(record.compared.count))
  }

  /// Huber's: half the square, beyond `huber` a straight line.
  private func cost(_ residuals: [Double], weight: Double) -> Double {
    weight
      * residuals.reduce(0) { sum, r in
        let a = r.magnitude
        return sum + (a <= huber ? 0.5 * a * a : huber * (a - 0.5 * huber))
      }
  }

  private func factor(_ residual: Double) -> Double {
    residual.magnitude <= huber ? 1 : huber / residual.magnitude
  }
}

/// `body` at 0..<count, over all cores.
private func parallel<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
  var results = [T?](repeating: nil, count: count)
  results.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let buffer = buffer
    DispatchQueue.concurrentPerform(iterations: count) { buffer[$0] = body($0) }
  }
  return results.compactMap(\.self)
}
