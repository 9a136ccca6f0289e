import Electrochemistry

extension CellFit {
  var priors: [FitPrior] {
    modification.parameters.map { FitPrior(mean: $0.prior, sd: $0.priorSD, bounds: $0.bounds) }
      + records.map {
        FitPrior(mean: 0, sd: $0.stateOfChargeSD, bounds: -0.1...0.1)
      }
  }

  /// The data's cost at values; nil where there is no model.
  package func cost(_ values: [Double]) -> Double? {
    guard let model = model(values) else { return nil }
    let all = concurrently(records.count) { r in
      self.residuals(r, model, values[self.modification.parameters.count + r])
    }
    return zip(records, all).reduce(0) { $0 + self.weight($1.0) * self.loss.cost($1.1) }
  }

  /// The same with gradient and Gauss-Newton matrix, by one-sided differences of every residual.
  package func linearised(_ values: [Double]) -> FitLinearisation? {
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
    let parts = concurrently(records.count) { r in
      let offset = values[g + r]
      let run = RecordSimulation(self.records[r], model, stateOfChargeOffset: offset)
      let here = self.residuals(r, run)
      let charge = Self.slope(
        self.residuals(r, model, offset + steps[g + r]), here, steps[g + r])
      let columns = moved.enumerated().map { k, there -> [Double] in
        guard let moved = there.0 else { return Array(repeating: 0, count: here.count) }
        if let bump = self.openCircuitBump(k) {
          return self.column(r, run, bump, model, moved, there.1, charge, offset)
        }
        return Self.slope(self.residuals(r, moved, offset), here, there.1)
      }
      return (here, columns + [charge])
    }
    var sum = FitLinearisation(
      cost: 0, gradient: Array(repeating: 0, count: n), matrix: Array(repeating: 0, count: n * n))
    for (r, part) in parts.enumerated() {
      let weight = weight(records[r])
      sum.cost += weight * loss.cost(part.0)
      let indices = Array(0..<g) + [g + r]
      for (i, a) in indices.enumerated() {
        for k in part.0.indices {
          sum.gradient[a] += weight * loss.weight(part.0[k]) * part.1[i][k] * part.0[k]
        }
        for (j, b) in indices.enumerated() where j <= i {
          var entry = 0.0
          for k in part.0.indices { entry += loss.weight(part.0[k]) * part.1[i][k] * part.1[j][k] }
          sum.matrix[a * n + b] += weight * entry
          if a != b { sum.matrix[b * n + a] += weight * entry }
        }
      }
    }
    return sum
  }

  static let missed = 20.0

  private func model(_ values: [Double]) -> SPMe? {
    guard let cell = try? modification.cell(values) else { return nil }
    return SPMe(cell, mesh: mesh, thermal: .lumped, longestSubstep: longestSubstep)
  }

  func residuals(_ r: Int, _ model: SPMe, _ offset: Double) -> [Double] {
    residuals(r, RecordSimulation(records[r], model, stateOfChargeOffset: offset))
  }

  /// In standard deviations: voltages, then temperatures. What the model did not reach counts as
  /// `missed` and tells no direction.
  func residuals(_ r: Int, _ run: RecordSimulation) -> [Double] {
    let record = records[r]
    var residuals: [Double] = []
    for (k, row) in record.compared.enumerated() {
      let residual = (run.voltages[k] - record.voltages[row]) / voltageSD(r, k)
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

  /// V: what the model errs by at a compared row, and what an error of charge makes of it.
  func voltageSD(_ r: Int, _ k: Int) -> Double {
    let (own, charge) = (records[r].voltageSD, slopes[r][k] * chargeSD)
    return (own * own + charge * charge).squareRoot()
  }

  func weight(_ record: MeasuredRecord) -> Double {
    min(1, record.independentRows / Double(record.compared.count))
  }

  private var loss: HuberLoss { HuberLoss(width: huber) }
}
