import Assets
import DigitalTwin
import Estimation
import Foundation

/// What `lockstep shadow` says at its end.
struct ShadowReport: Encodable {
  let rows: Int
  let durationSecond: Double
  let openLoopVoltageRMSE: Double?
  let openLoopRows: Int
  let innovationRMS: Double?
  let innovationMean: Double?
  let innovationNormalisedSquareMean: Double?
  let innovationLagOneCorrelation: Double?
  let innovationCount: Int
  let gatedCount: Int
  let stateOfChargeFinal: Double
  let stateOfChargeFinalSD: Double
  let filterRestarts: Int
  let skippedRows: Int
  let frozen: Bool
  let asset: String?
  let version: Int?
  let health: [String: AssetReport.Value]?
  let faults: [Fault]

  /// A sensor that the shadow no longer believes.
  struct Fault: Encodable {
    let channel: String
    let kind: String
    let onsetSecond: Double
    let foundSecond: Double
    let size: Double

    enum CodingKeys: String, CodingKey {
      case channel, kind, size
      case onsetSecond = "onset_second"
      case foundSecond = "found_second"
    }

    init(_ fault: SensorFault) {
      switch fault.channel {
      case .voltage: channel = "voltage_volt"
      case .reference: channel = "negative_potential_volt"
      case .thermometer(let number): channel = "temperature_t\(number + 1)_celsius"
      }
      kind = fault.kind.rawValue
      onsetSecond = fault.onset
      foundSecond = fault.found
      size = fault.size
    }
  }

  enum CodingKeys: String, CodingKey {
    case rows, frozen, faults, asset, version, health
    case durationSecond = "duration_second"
    case openLoopVoltageRMSE = "open_loop_voltage_rmse_millivolt"
    case openLoopRows = "open_loop_rows"
    case innovationRMS = "innovation_rms_millivolt"
    case innovationMean = "innovation_mean_millivolt"
    case innovationNormalisedSquareMean = "innovation_normalised_square_mean"
    case innovationLagOneCorrelation = "innovation_lag_one_correlation"
    case innovationCount = "innovation_count"
    case gatedCount = "gated_count"
    case stateOfChargeFinal = "state_of_charge_final"
    case stateOfChargeFinalSD = "state_of_charge_final_sd"
    case filterRestarts = "filter_restarts"
    case skippedRows = "skipped_rows"
  }

  /// - Parameter version: that the record made of an asset.
  init(
    _ summary: ShadowSummary, frozen: Bool, version: AssetVersion? = nil, of asset: String? = nil
  ) {
    /// A mean of nothing is not a number, and JSON has none for it.
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    let innovations = summary.innovations
    rows = summary.rows
    durationSecond = summary.duration
    openLoopVoltageRMSE = finite(summary.openLoopError * 1e3)
    openLoopRows = summary.openLoopRows
    innovationRMS = finite(innovations.rootMeanSquare * 1e3)
    innovationMean = finite(innovations.mean * 1e3)
    innovationNormalisedSquareMean = finite(innovations.meanNormalisedSquare)
    innovationLagOneCorrelation = finite(innovations.lagOneCorrelation)
    innovationCount = innovations.count
    gatedCount = innovations.gated
    stateOfChargeFinal = summary.stateOfCharge.mean
    stateOfChargeFinalSD = summary.stateOfCharge.sd
    filterRestarts = summary.restarts
    skippedRows = summary.skippedRows
    firstSkipped = summary.firstSkipped
    self.frozen = frozen
    self.asset = asset
    self.version = version?.number
    health = version.map { AssetReport.values($0.health) }
    faults = summary.faults.map(Fault.init)
  }

  private let firstSkipped: String?

  /// Rows that the model could not follow, and the first few faults, one a line.
  private var faultLines: String {
    let shown = faults.prefix(5).map { fault in
      let size = fault.kind == "stuck" ? "" : String(format: ", %+.3g off", fault.size)
      return "\n\(fault.channel): \(fault.kind) since \(fault.onsetSecond) s"
        + "\(size), found at \(fault.foundSecond) s"
    }
    let rest = faults.count > 5 ? "\nand \(faults.count - 5) more sensor faults" : ""
    let skipped = firstSkipped.map { "\n\(skippedRows) rows not followed, the first: \($0)" } ?? ""
    return skipped + shown.joined() + rest
  }

  private var assetLine: String {
    guard let asset, let version, let health else { return "" }
    return "\n\(asset), version \(version): \(AssetReport.line(health))"
  }

  /// For a person.
  func text(data: String, out: String) -> String {
    func number(_ value: Double?, _ digits: Int) -> String {
      value.map { String(format: "%.\(digits)f", $0) } ?? "-"
    }
    let hours = number(durationSecond / 3600, 2)
    let how = frozen ? "after the freeze" : "10 minutes ahead, every 10 minutes"
    return """
      \(data): \(rows) rows, \(hours) h
      innovation of voltage: rms \(number(innovationRMS, 2)) mV, mean \(number(innovationMean, 2)) mV, \
      normalised square \(number(innovationNormalisedSquareMean, 2)) (1 is consistent), lag-1 \
      correlation \(number(innovationLagOneCorrelation, 2)), gated \(gatedCount) of \(innovationCount)
      open-loop voltage error, \(how): \(number(openLoopVoltageRMSE, 2)) mV rms over \
      \(openLoopRows) rows
      state of charge at the end: \(number(stateOfChargeFinal * 100, 2)) % \
      (sd \(number(stateOfChargeFinalSD * 100, 2)) %); filter restarts: \(filterRestarts)
      written: \(out)
      """ + faultLines + assetLine
  }
}
