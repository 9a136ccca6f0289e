extension Panel {
  /// The six strips of a run, in the order of reading: what was measured, how wrong the twin was,
  /// what was done, what the twin believes. `margin` is the plating margin in force, mV.
  static func standard(margin: Double?) -> [Panel] {
    var plating = Panel(title: "Negative potential at the separator", unit: "mV", height: 132)
    plating.bands = [Band(.platingPotentialLow, .platingPotentialHigh)]
    plating.curves = [
      Curve(key: .platingPotential, style: "twin", name: "twin", decimals: 1),
      Curve(key: .platingPotentialLow, style: "edge", name: "\u{2212}2 sd", decimals: 1),
    ]
    plating.lines = [(0, "zero", "")]
    if let margin {
      plating.lines.append((margin, "margin", "margin \(Format.number(margin, 0)) mV"))
    }
    return [voltage, innovation, current, stateOfCharge, temperature, plating]
  }

  private static var voltage: Panel {
    var panel = Panel(title: "Cell voltage", unit: "V", height: 150)
    panel.bands = [Band(.predictedVoltageLow, .predictedVoltageHigh)]
    panel.curves = [
      Curve(key: .voltage, style: "measured wide", name: "measured", decimals: 4),
      Curve(key: .predictedVoltage, style: "twin", name: "twin", decimals: 4),
    ]
    return panel
  }

  private static var innovation: Panel {
    var panel = Panel(title: "Voltage innovation (measured \u{2212} twin)", unit: "mV", height: 84)
    panel.curves = [Curve(key: .innovation, style: "measured thin", name: "", decimals: 2)]
    panel.lines = [(0, "zero", "")]
    return panel
  }

  private static var current: Panel {
    var panel = Panel(title: "Current, by what limits it", unit: "A", height: 132)
    panel.curves = [Curve(key: .current, style: "measured", name: "", decimals: 3)]
    panel.lines = [(0, "zero", "")]
    panel.colouredByBinding = true
    return panel
  }

  private static var stateOfCharge: Panel {
    var panel = Panel(title: "State of charge", unit: "%", height: 112)
    panel.bands = [Band(.stateOfChargeLow, .stateOfChargeHigh)]
    panel.curves = [Curve(key: .stateOfCharge, style: "twin", name: "twin", decimals: 2)]
    panel.clippedTo = 0...100
    return panel
  }

  private static var temperature: Panel {
    var panel = Panel(title: "Temperature", unit: "\u{b0}C", height: 132)
    panel.bands = [Band(.temperatureLow, .temperatureHigh)]
    panel.curves = [
      Curve(key: .ambientTemperature, style: "ambient", name: "ambient", decimals: 2),
      Curve(key: .surfaceTemperature, style: "measured thin", name: "surface", decimals: 2),
      Curve(key: .temperature, style: "twin", name: "twin", decimals: 2),
    ]
    return panel
  }
}
