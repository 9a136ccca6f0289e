import Foundation
import Identification
import Reports

extension IdentifyPage {
  /// Sensitivities, ellipses and profiles of what is told.
  var uncertainty: [PageSection] {
    guard !report.told.isEmpty else { return [] }
    return [sensitivities] + (report.told.count > 1 ? [ellipses] : []) + [profiles]
  }

  private var factors: [Int] { report.told.filter { !fit.parameters[$0].isOffset } }

  private var sensitivities: PageSection {
    let figures = fit.records.indices.map { r -> TimeFigure in
      let run = fit.run(r, found.values, slopes: true)
      let times = Array(fit.records[r].times.prefix(run.reached))
      let strips = factors.enumerated().map { place, k in
        // One per cent, in mV.
        let slopes = times.indices.map { 10 * run.voltageSlopes[$0 * run.directions + k] }
        let record = place == 0 ? "\(fit.records[r].name): " : ""
        return TimeStrip(
          record + fit.parameters[k].name, unit: "mV per 1 %", height: 84,
          [.init(times, slopes, .model, decimals: 4)], levels: [.init(0)])
      }
      return TimeFigure(id: "slopes-\(r)", strips)
    }
    return PageSection(
      "Sensitivities",
      lead: "By how much the voltage rises when a parameter rises by 1 %, along each record.",
      factors.isEmpty ? [] : figures)
  }

  private var ellipses: PageSection {
    let (told, n) = (report.told, found.values.count)
    let scales = told.map { fit.parameters[$0].shown.scale }
    let units = told.map { fit.parameters[$0].shown.unit }
    var covariance: [Double] = []
    for (a, i) in zip(scales, told) {
      for (b, j) in zip(scales, told) { covariance.append(a * b * found.covariance[i * n + j]) }
    }
    let rest = told.count > PairEllipses.most ? ", the first \(PairEllipses.most) parameters" : ""
    return PageSection(
      "Pairs",
      lead:
        "95 % ellipses by the covariance, of what the estimates may be off (of factors 100 ln)\(rest); "
        + "r is the correlation.",
      [
        PairEllipses(
          told.map { fit.parameters[$0].name }, units: units, covariance: covariance)
      ])
  }

  /// How a value of a fit is shown: a factor where the file has what it multiplies.
  private func profileAxis(_ k: Int) -> (shown: (Double) -> Double, axis: String) {
    if fit.parameters[k].isOffset {
      let (scale, unit) = fit.parameters[k].shown
      return ({ scale * $0 }, unit)
    }
    let base = fit.fileValue(k)
    return base.isFromFile
      ? ({ exp($0) }, "factor on the file\u{2019}s value") : ({ base.value * exp($0) }, base.unit)
  }

  private var profiles: PageSection {
    let plots = zip(report.told, report.profiles).map { k, interval -> ProfilePlots.Profile in
      let (shown, axis) = profileAxis(k)
      let (centre, sd) = (found.values[k], found.sd(k))
      // Out to 3 standard deviations.
      let expected = (-30...30).map { step -> (value: Double, rise: Double) in
        let z = Double(step) / 10
        return (shown(centre + z * sd), 0.5 * z * z)
      }
      return ProfilePlots.Profile(
        name: fit.parameters[k].name, axis: axis,
        values: interval.points.map { shown($0.value) }, rises: interval.points.map(\.rise),
        interval: shown(interval.lower)...shown(interval.upper), expected: expected)
    }
    return PageSection(
      "Profile likelihoods",
      lead:
        "Least cost with the parameter held there, above the minimum\u{2019}s; dots are fits, the shaded "
        + "interval ends where it has risen by 1.92. Dashed: the parabola of the covariance.",
      [ProfilePlots(plots, threshold: ProfileInterval.rise)])
  }
}

extension IdentifiedParameter {
  /// What pictures give differences of its value in: % of a factor, mV and K of offsets.
  fileprivate var shown: (scale: Double, unit: String) {
    switch self {
    case .openCircuitOffset, .negativeOpenCircuitOffset: (1e3, "mV")
    case .ambientOffset: (1, "K")
    case .factor, .lithiumInventory: (100, "%")
    }
  }
}
