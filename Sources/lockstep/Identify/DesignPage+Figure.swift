import Excitation
import Identification
import Reports

extension DesignPage {
  /// Current, voltage, temperature and separator potential over time.
  var figure: TimeFigure {
    let record = result.plan.record(problem.timing, ambient: problem.ambient)
    let evaluation = result.evaluation
    let (run, times) = (evaluation.run, evaluation.times)
    let limits = problem.limits
    let z = IdentificationReport.number(problem.safety)
    let margin = limits.platingMargin.map {
      TimeStrip.Level(
        1e3 * $0, name: "margin \(IdentificationReport.number(1e3 * $0)) mV", isLimit: true)
    }
    var strips = [
      TimeStrip(
        "Current", unit: "A", height: 132,
        [.init(record.times, record.currents, .plain, decimals: 3)],
        levels: [
          .init(0), .init(limits.current.lowerBound, name: "limits", isLimit: true),
          .init(limits.current.upperBound, isLimit: true),
        ]),
      TimeStrip(
        "Cell voltage with \(z) sd", unit: "V", height: 150,
        [
          .init(
            times, run.voltages, .model,
            halfWidths: evaluation.voltageSDs.map { problem.safety * $0 },
            decimals: 4)
        ],
        levels: [
          .init(limits.voltage.lowerBound, name: "limits", isLimit: true),
          .init(limits.voltage.upperBound, isLimit: true),
        ]),
      TimeStrip(
        "Temperature with \(z) sd", unit: "\u{b0}C", height: 84,
        [
          .init(
            times, run.temperatures.map { $0 - 273.15 }, .model,
            halfWidths: evaluation.temperatureBands)
        ],
        levels: [.init(limits.temperature.upperBound - 273.15, name: "limit", isLimit: true)]),
      TimeStrip(
        "Negative potential at the separator with \(z) sd", unit: "mV",
        [
          .init(
            times, run.separatorPotentials.map { 1e3 * $0 }, .model,
            halfWidths: evaluation.separatorSDs.map { 1e3 * problem.safety * $0 }, decimals: 1)
        ],
        levels: margin.map { [$0] } ?? [.init(0)]),
    ]
    if !evaluation.disagreement.isEmpty {
      strips.append(
        TimeStrip(
          "DFN less SPMe, which discounts what is told", unit: "mV", height: 84,
          [.init(times, evaluation.disagreement.map { 1e3 * $0 }, .plain)], levels: [.init(0)]))
    }
    return TimeFigure(id: "design", strips)
  }
}
