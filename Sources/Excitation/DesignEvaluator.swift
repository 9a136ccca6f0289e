import Electrochemistry
import Identification
import Kernels
import Simulation

/// Judges plans for one problem.
struct DesignEvaluator: Sendable {
  let problem: DesignProblem
  private let cells: [CellParameters]
  /// Of ln of the factors, as the parameters' priors have it: what the criterion starts from.
  private let priorSDs: [Double]

  init(_ problem: DesignProblem) {
    self.problem = problem
    cells = problem.drawnCells()
    priorSDs = problem.parameters.map(\.priorSD)
  }

  /// - Parameters:
  ///   - known: whose disagreement between the models counts here, too, at the same times; nil: none.
  ///   - asksPorous: whether the DFN is run for it.
  /// - Returns: nil when the model cannot follow the plan.
  func evaluate(
    _ plan: ExcitationPlan, trusting known: DesignEvaluation? = nil, asksPorous: Bool = false
  ) -> DesignEvaluation? {
    let record = plan.record(problem.timing, ambient: problem.ambient)
    let rows = DesignRows(record, timing: problem.timing)
    let run = run(problem.cell, record, rows.times)
    guard run.reached == rows.times.count else { return nil }
    var disagreement = known?.disagreement(at: rows.times) ?? []
    if asksPorous {
      guard let shown = porous(record, rows.times) else { return nil }
      disagreement = zip(shown, run.voltages).map { $0 - $1 }
    }
    guard let covariance = covariance(run, record, rows, disagreement) else { return nil }
    var value = problem.criterion.value(covariance, count: problem.parameters.count)
    for cell in cells.dropFirst() {
      let other = self.run(cell, record, rows.times)
      // A draw that cannot follow tells what it told until then.
      guard let there = self.covariance(other, record, rows, disagreement) else { return nil }
      value += problem.criterion.value(there, count: problem.parameters.count)
    }
    var evaluation = DesignEvaluation(
      value: value / Double(cells.count), covariance: covariance, run: run, times: rows.times,
      voltageSDs: [], violation: -1, tightest: "", disagreement: disagreement)
    check(&evaluation, record)
    return evaluation
  }

  private func run(_ cell: CellParameters, _ record: CurrentRecord, _ times: [Double]) -> ModelRun {
    problem.model.run(
      cell, record, from: problem.stateOfCharge, outputTimes: times,
      parameters: problem.parameters, reference: problem.reference)
  }

  private func covariance(
    _ run: ModelRun, _ record: CurrentRecord, _ rows: DesignRows, _ disagreement: [Double]
  ) -> [Double]? {
    var information = FisherInformation(problem.parameters)
    information.add(
      run,
      InformationCase(
        current: record, times: rows.times, stateOfCharge: problem.stateOfCharge,
        stateOfChargeSD: problem.stateOfChargeSD, outputs: outputs),
      noise: rows.weights, extra: disagreement.map { $0 * $0 })
    return information.covariance(priorSDs: priorSDs)
  }

  var outputs: [InformationCase.Output] {
    [.voltage(problem.voltageErrors)] + (problem.temperatureErrors.map { [.temperature($0)] } ?? [])
  }

  /// V of the DFN at the same instants; nil when it cannot follow.
  private func porous(_ record: CurrentRecord, _ times: [Double]) -> [Double]? {
    let model = RunModel(.dfn, thermal: problem.model.thermal, mesh: .coarse, tolerance: 1e-3)
    let run = model.run(
      problem.cell, record, from: problem.stateOfCharge, outputTimes: times,
      parameters: problem.parameters, reference: problem.reference, slopes: false)
    return run.reached == times.count ? run.voltages : nil
  }

  /// Limits against predictions with bands.
  private func check(_ evaluation: inout DesignEvaluation, _ record: CurrentRecord) {
    let (limits, z) = (problem.limits, problem.safety)
    let run = evaluation.run
    let own = problem.voltageErrors.discrepancySD
    var (violation, tightest) = (-1.0, "")
    func note(_ excess: Double, _ what: String) {
      if excess > violation { (violation, tightest) = (excess, what) }
    }
    let charge = record.chargeThrough(evaluation.times)
    let capacity = problem.reference.windowCharge
    var (sds, heats, separators) = ([Double](), [Double](), [Double]())
    for i in evaluation.times.indices {
      let current = record.current(at: evaluation.times[i])
      let sd = spread(run.voltageSlopes, row: i, own)
      sds.append(sd)
      note((run.voltages[i] + z * sd - limits.voltage.upperBound) / 0.1, "voltage")
      note((limits.voltage.lowerBound - run.voltages[i] + z * sd) / 0.1, "voltage")
      let heat = spread(run.temperatureSlopes, row: i, 0)
      let hot = hottest(run.temperatures[i], z * heat)
      heats.append(hot - run.temperatures[i])
      note((hot - limits.temperature.upperBound) / 5, "temperature")
      note((limits.temperature.lowerBound - run.temperatures[i] + z * heat) / 5, "temperature")
      let soc = problem.stateOfCharge + charge[i] / capacity
      let socSD = z * problem.stateOfChargeSD
      note((soc + socSD - limits.stateOfCharge.upperBound) / 0.1, "state of charge")
      note((limits.stateOfCharge.lowerBound - soc + socSD) / 0.1, "state of charge")
      let separator = spread(run.separatorSlopes, row: i, own)
      separators.append(separator)
      guard let margin = limits.platingMargin, current > 0 else { continue }
      note((margin - run.separatorPotentials[i] + z * separator) / 0.05, "plating margin")
    }
    for current in record.currents {
      note((current - limits.current.upperBound) / limits.current.upperBound - 1e-9, "current")
      note((limits.current.lowerBound - current) / -limits.current.lowerBound - 1e-9, "current")
    }
    (evaluation.violation, evaluation.tightest, evaluation.voltageSDs) = (violation, tightest, sds)
    (evaluation.temperatureBands, evaluation.separatorSDs) = (heats, separators)
  }

  /// The upper end of a temperature's band, K: the rise above the ambient goes with resistances, which are
  /// believed by factors, so its band is one of factors, too.
  private func hottest(_ temperature: Double, _ band: Double) -> Double {
    let rise = temperature - problem.ambient
    // A band wider than the rise is hardly of the rise: as if it were of one as wide.
    let share = rise > band ? band / rise : 1
    return share > 0 ? temperature + band * (Double.exponential(share) - 1) / share : temperature
  }

  /// sd of an output at a row: belief of the parameters, charge at the start, and `own`.
  private func spread(_ slopes: [Double], row: Int, _ own: Double) -> Double {
    let p = problem.parameters.count
    let first = row * (p + 1)
    var variance = own * own
    for a in 0..<p {
      let slope = slopes[first + a]
      if slope == 0 { continue }
      for b in 0..<p { variance += slope * problem.covariance[a * p + b] * slopes[first + b] }
    }
    let charge = slopes[first + p] * problem.stateOfChargeSD
    return (variance + charge * charge).squareRoot()
  }
}

extension CellParameters {
  /// Between the negative electrode's limits, A s.
  var windowCharge: Double {
    let window = negative.maximumStoichiometry - negative.minimumStoichiometry
    return negative.sites * window * electrodeArea * Double(electrodePairs)
      * PhysicalConstants.faraday
  }
}
