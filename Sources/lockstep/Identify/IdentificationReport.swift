import Electrochemistry
import Foundation
import Identification
import Simulation

/// What `lockstep identify` says at its end.
struct IdentificationReport: Encodable {
  /// One parameter that the records tell.
  struct Estimate: Encodable {
    /// In `unit`; for a function the factor on it.
    let value: Double
    let unit: String
    /// Ratio to the cell file's value; absent where the file has 0.
    let factor: Double?
    let factorSD: Double?
    let factorInterval95: [Double]?
    let valueInterval95: [Double]
    /// Whether the interval ends where the fit may go at most, not where the data says.
    let isOpen: Bool

    enum CodingKeys: String, CodingKey {
      case value, unit, factor
      case factorSD = "factor_sd"
      case factorInterval95 = "factor_interval95"
      case valueInterval95 = "value_interval95"
      case isOpen = "interval_is_open"
    }
  }

  /// What is told only together, or not at all.
  struct Combination: Encodable {
    let kind: String
    let exponents: [String: Double]
    let sd: Double
    let wouldSeparate: [Remedy]

    enum CodingKeys: String, CodingKey {
      case kind, exponents
      case sd = "ln_sd"
      case wouldSeparate = "would_separate"
    }
  }

  struct Remedy: Encodable {
    let what: String
    let sd: Double

    enum CodingKeys: String, CodingKey {
      case what
      case sd = "ln_sd"
    }
  }

  /// A record against what is predicted of it.
  struct Check: Encodable {
    let record: String
    let voltageRMSE: Double
    let coverage95: Double
    let rows: Int
    let reachedRows: Int
    let temperatureRMSE: Double?
    /// Of the negative electrode against the record's reference electrode, mV.
    let separatorRMSE: Double?
    let features: Int
    let featuresOutside: Int
    let verdict: String
    /// Of a record not fitted to: with its start's charge fitted, and by how much that moved, %.
    let startFittedRMSE: Double?
    let startMoved: Double?

    enum CodingKeys: String, CodingKey {
      case record, rows, features, verdict
      case voltageRMSE = "voltage_rmse_millivolt"
      case coverage95 = "coverage95"
      case reachedRows = "reached_rows"
      case temperatureRMSE = "temperature_rmse_kelvin"
      case separatorRMSE = "negative_potential_rmse_millivolt"
      case featuresOutside = "features_outside"
      case startFittedRMSE = "start_fitted_voltage_rmse_millivolt"
      case startMoved = "start_moved_percent"
    }

    init(_ check: PredictiveCheck) {
      record = check.name
      voltageRMSE = 1e3 * check.voltageRMS
      coverage95 = check.coverage
      (rows, reachedRows) = check.rows
      temperatureRMSE = check.temperatureRMS
      separatorRMSE = check.separatorRMS.map { 1e3 * $0 }
      features = check.features.count
      featuresOutside = check.features.filter { $0.distance > 1.96 }.count
      verdict = check.verdict
      startFittedRMSE = check.fittedStart.map { 1e3 * $0.voltageRMS }
      startMoved = check.fittedStart.map { 100 * $0.charge }
    }
  }

  let model: String
  let estimates: [String: Estimate]
  /// Names that are told only together, or a single one that is not told at all.
  let inseparable: [[String]]
  let combinations: [Combination]
  let initialStatesOfCharge: [Double]
  let fitted: [Check]
  let validated: [Check]
  /// Each record from its own first voltage, mV.
  let validationVoltageRMSE: Double?
  /// Each with the charge at its start fitted, mV: what the parameters cost, without the starts.
  let startFittedVoltageRMSE: Double?
  let noise: [Double]
  let discrepancy: [Double]
  /// Of the charge, per cent of the file's window.
  let charge: [Double]
  let rounds: Int
  /// In the search for the most likely values: all starts, without intervals and checks.
  let fitSeconds: Double
  let startsAgreeing: Int
  let starts: Int
  let spectrum: [Double]
  /// Places of the parameters that are told.
  let told: [Int]
  /// Of those, for pictures.
  let profiles: [ProfileInterval]
  /// Of the records fitted to, for pictures.
  let fittedChecks: [PredictiveCheck]
  /// Of the others.
  let validationChecks: [PredictiveCheck]
  let order: [String]
  /// Of the records fitted to, when they were chosen: the most telling first.
  var choice: [ChosenRecord]?
  /// The posterior by draws, when asked for.
  var walks: PosteriorReport?

  /// A record that was chosen for what it tells.
  struct ChosenRecord: Encodable {
    let record: String
    /// By how much it lowers the mean ln of the parameters' standard deviations on top of those before it.
    let gain: Double
  }

  enum CodingKeys: String, CodingKey {
    case model, estimates, inseparable, combinations, fitted, rounds, starts, choice
    case walks = "draws"
    case initialStatesOfCharge = "initial_states_of_charge"
    case validated = "validation"
    case validationVoltageRMSE = "validation_voltage_rmse_millivolt"
    case startFittedVoltageRMSE = "validation_start_fitted_voltage_rmse_millivolt"
    case noise = "voltage_noise_sd_millivolt"
    case discrepancy = "voltage_discrepancy_sd_millivolt"
    case charge = "charge_sd_percent"
    case startsAgreeing = "starts_agreeing"
    case fitSeconds = "fit_seconds"
    case spectrum = "information_spectrum"
  }

  init(
    _ fit: CellIdentification, _ found: IdentifiedCell, validation: [IdentificationRecord],
    fitSeconds: Double
  ) {
    let analysis = Identifiability(
      found.cell, fit.parameters,
      fit.records.map { record in
        var seen = record
        if !fit.fitsReference { seen.separatorPotentials = [] }
        return InformationCase(seen)
      }, model: fit.model,
      reference: fit.base)
    let told = fit.parameters.indices.filter { analysis.isTold(fit.parameters[$0]) }
    let intervals = fit.profiles(found, of: told)
    var estimates: [String: Estimate] = [:]
    for (k, interval) in zip(told, intervals) {
      estimates[fit.parameters[k].name] = Estimate(fit, found, k, interval)
    }
    model = fit.model.name.rawValue
    self.estimates = estimates
    order = told.map { fit.parameters[$0].name }
    inseparable = analysis.combinations.map { $0.exponents.map(\.parameter.name) }
    combinations = analysis.combinations.map(Combination.init)
    initialStatesOfCharge = fit.records.enumerated().map {
      $1.stateOfCharge + found.values[fit.parameters.count + $0]
    }
    self.told = told
    profiles = intervals
    fittedChecks = fit.records.indices.map { PredictiveCheck(fit, found, record: $0) }
    fitted = fittedChecks.map(Check.init)
    let checks = validation.map { fit.predicting($0, found) }
    validationChecks = checks
    validated = checks.map(Check.init)
    validationVoltageRMSE = Self.pooled(checks.map { ($0.voltageRMS, $0.rows.reached) })
    startFittedVoltageRMSE = Self.pooled(
      checks.compactMap(\.fittedStart).map { ($0.voltageRMS, $0.reached) })
    noise = found.voltageErrors.map { 1e3 * $0.noiseSD }
    discrepancy = found.voltageErrors.map { 1e3 * $0.discrepancySD }
    charge = found.voltageErrors.map { 100 * $0.chargeSD }
    rounds = found.rounds
    self.fitSeconds = fitSeconds
    (startsAgreeing, starts) = found.agreeingStarts
    spectrum = analysis.spectrum
  }

  /// mV over all rows; nil of none.
  private static func pooled(_ checks: [(rms: Double, rows: Int)]) -> Double? {
    let rows = checks.reduce(0) { $0 + $1.rows }
    let squares = checks.reduce(0) { $0 + $1.rms * $1.rms * Double($1.rows) }
    return rows == 0 ? nil : 1e3 * (squares / Double(rows)).squareRoot()
  }
}

extension IdentificationReport.Combination {
  init(_ combination: Identifiability.Combination) {
    kind = combination.isStructural ? "structural" : "in this data"
    exponents = Dictionary(
      uniqueKeysWithValues: combination.exponents.map { ($0.parameter.name, $0.exponent) })
    sd = combination.sd
    wouldSeparate = combination.remedies.map { .init(what: $0.what, sd: $0.sd) }
  }
}

extension IdentificationReport.Estimate {
  init(
    _ fit: CellIdentification, _ found: IdentifiedCell, _ k: Int, _ interval: ProfileInterval
  ) {
    let (value, sd) = (found.values[k], found.sd(k))
    let base = fit.fileValue(k)
    isOpen = interval.isOpenBelow || interval.isOpenAbove
    guard !fit.parameters[k].isOffset else {
      unit = fit.parameters[k].unit
      self.value = value
      valueInterval95 = [interval.lower, interval.upper]
      (factor, factorSD, factorInterval95) = (nil, nil, nil)
      return
    }
    let factor = exp(value)
    let ends = [exp(interval.lower), exp(interval.upper)]
    unit = base.unit
    self.value = base.value * factor
    valueInterval95 = ends.map { base.value * $0 }
    self.factor = base.isFromFile ? factor : nil
    factorSD = base.isFromFile ? factor * sd : nil
    factorInterval95 = base.isFromFile ? ends : nil
  }
}
