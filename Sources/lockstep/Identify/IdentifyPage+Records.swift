import Identification
import Reports

extension IdentifyPage {
  /// Measured against predicted, a section for each use of records that there is.
  var recordSections: (fitted: [PageSection], validated: [PageSection]) {
    let fitted = zip(fit.records, report.fittedChecks).enumerated().map {
      Self.figure("fitted-\($0)", $1.0, $1.1)
    }
    let validated = zip(validation, report.validationChecks).enumerated().map {
      Self.figure("validation-\($0)", $1.0, $1.1)
    }
    let lead = "Bands are 95 %: parameters, noise, discrepancy and charge together."
    return (
      [PageSection("Measured against fitted", lead: lead, fitted)],
      validated.isEmpty
        ? [] : [PageSection("Records not fitted to, against prediction", lead: lead, validated)]
    )
  }

  private static func figure(
    _ id: String, _ record: IdentificationRecord, _ check: PredictiveCheck
  ) -> TimeFigure {
    let times = check.times
    let residuals = zip(record.voltages, check.voltages).map { 1e3 * ($0 - $1) }
    let halfWidths = check.sds.map { 1.96 * $0 }
    return TimeFigure(
      id: id,
      [
        TimeStrip(
          "\(check.name): cell voltage, the model\u{2019}s with its 95 % band", unit: "V",
          height: 170,
          [
            .init(record.times, record.voltages, .measured, name: "measured", decimals: 4),
            .init(
              times, check.voltages, .model, name: "model", halfWidths: halfWidths, decimals: 4),
          ]),
        TimeStrip(
          "Residual (measured \u{2212} model) and the band", unit: "mV",
          [
            .init(
              times, times.map { _ in 0 }, .model, halfWidths: halfWidths.map { 1e3 * $0 }),
            .init(times, residuals, .plain),
          ]),
        TimeStrip(
          "Current", unit: "A", height: 84,
          [.init(record.current.times, record.current.currents, .plain, decimals: 3)],
          levels: [.init(0)]),
      ])
  }
}
