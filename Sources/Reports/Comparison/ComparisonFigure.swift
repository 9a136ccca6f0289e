import Journal

/// The arms of a comparison over each other, each from its own start.
struct ComparisonFigure {
  let html: String

  /// Above it nothing is at stake, and what is would be a line at the bottom, mV.
  private static let highest = 100.0

  /// Nil: nothing was compared.
  init?(_ view: JournalView, _ numbers: ComparisonNumbers) throws {
    let arms = numbers.arms.filter { $0.arm != nil && $0.endSecond != nil }
    guard !arms.isEmpty else { return nil }
    var (currents, voltages, potentials) = (
      [TimeStrip.Curve](), [TimeStrip.Curve](), [TimeStrip.Curve]()
    )
    // The baseline's broad and pale, the prescription's over it; each side is named once.
    var named: Set<String> = []
    for side in ["baseline", "prescription"] {
      for arm in arms where arm.arm == side {
        let name = named.insert(side).inserted ? side : ""
        let look: TimeStrip.Look = side == "baseline" ? .measured : .model
        let (from, to) = (arm.startSecond ?? 0, arm.endSecond ?? 0)
        func curve(
          _ sql: String, _ decimals: Int, below most: Double = .infinity
        ) throws -> TimeStrip.Curve {
          var (times, values) = ([Double](), [Double]())
          try view.each(sql) { row in
            times.append(row.number(0) - from)
            values.append(row.number(1) <= most ? row.number(1) : .nan)
          }
          return TimeStrip.Curve(times, values, look, name: name, decimals: decimals)
        }
        currents.append(try curve(ComparisonSQL.course("current_ampere", from, to), 3))
        voltages.append(try curve(ComparisonSQL.course("voltage_volt", from, to), 3))
        potentials.append(try curve(ComparisonSQL.lowerPotential(from, to), 1, below: Self.highest))
      }
    }
    let margin = numbers.marginMillivolt.map {
      [TimeStrip.Level($0, name: "margin \(Format.number($0, 0)) mV", isLimit: true)]
    }
    var figure = TimeFigure(
      id: "arms",
      [
        TimeStrip("Current", unit: "A", height: 100, currents),
        TimeStrip("Cell voltage", unit: "V", height: 90, voltages),
        TimeStrip(
          "Negative potential at the separator, estimate \u{2212} 2 sd, below \(Int(Self.highest)) mV",
          unit: "mV", height: 100,
          potentials, levels: margin ?? []),
      ])
    figure.timeTitle = "time from each charge's start"
    html = figure.drawn
  }
}
