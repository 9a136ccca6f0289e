public import Electrochemistry
import Quantities

/// An SPMe with lumped heat fitted to records of one kind of cell.
///
/// Values: one for each parameter, then for each record what is added to the state of charge that
/// its rested voltage tells. A row's residual is over sqrt(sd^2 + (dU/dz sd_z)^2): what the model
/// errs by and what an error of charge z makes of it. Residuals beyond `huber` count linearly. A
/// record's rows together weigh as much as its `independentRows`.
public struct CellFit: Sendable {
  /// What may change.
  public let modification: CellModification
  /// To be explained.
  public let records: [MeasuredRecord]
  /// Standard deviations from which a residual counts linearly.
  public var huber = 2.0
  /// Standard deviation of an error of charge that the model is forgiven, share of the capacity.
  public var chargeSD = 0.004
  /// How finely space is cut.
  public var mesh = SPMe.MeshName.coarse
  /// s.
  public var longestSubstep = 10.0
  /// V per unit of charge at the compared rows.
  var slopes: [[Double]]

  /// A fit of `modification` to `records`.
  public init(_ modification: CellModification, _ records: [MeasuredRecord]) {
    self.modification = modification
    self.records = records
    slopes = []
    let model = SPMe(modification.base, mesh: .coarse, thermal: .lumped)
    slopes = records.map { Self.slopes($0, model) }
  }

  /// How many values a fit has.
  public var valueCount: Int { modification.parameters.count + records.count }

  /// Where a fit starts: all priors' means.
  public var start: [Double] {
    modification.parameters.map(\.prior) + records.map { _ in 0 }
  }

  /// Runs the fit; nil when the model cannot run at the start.
  public func run(
    rounds: Int = 25, from start: [Double]? = nil,
    progress: @escaping (Int, Double, Double) -> Void = { _, _, _ in }
  ) -> FittedCell? {
    let method = LevenbergMarquardt(
      priors: priors, cost: cost, linearise: linearised, rounds: rounds, progress: progress)
    guard let found = method.minimise(from: start ?? self.start),
      let cell = try? modification.cell(found.values)
    else { return nil }
    return FittedCell(
      cell: cell, parameters: modification.parameters, values: found.values,
      covariance: found.covariance, cost: found.cost, rounds: found.rounds,
      converged: found.converged)
  }

  /// Open-circuit slopes along a record, by counting its charge.
  private static func slopes(_ record: MeasuredRecord, _ model: SPMe) -> [Double] {
    let capacity = 3600 * model.parameters.nominalCapacity.value
    var z = RecordSimulation.stateOfCharge(
      model, record.restedVoltage, record.initialTemperature)
    var all = [z]
    for i in record.times.indices.dropFirst() {
      let mean = 0.5 * (record.currents[i] + record.currents[i - 1])
      z += mean * (record.times[i] - record.times[i - 1]) / capacity
      all.append(z)
    }
    func voltage(_ z: Double) -> Double {
      let (n, p) = model.stoichiometries(stateOfCharge: min(max(z, 0), 1))
      return model.openCircuitVoltage(
        negative: n, positive: p, temperature: record.initialTemperature)
    }
    return record.compared.map { i in
      let z = min(max(all[i], 0.01), 0.99)
      return (voltage(z + 0.01) - voltage(z - 0.01)) / 0.02
    }
  }
}
