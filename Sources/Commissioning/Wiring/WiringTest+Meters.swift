import Quantities

extension WiringTest {
  /// What the supply's current says of leads and meters.
  func charge(_ means: WiringMeans) -> [Finding] {
    let drop = means.difference(.sourceVoltage, .voltage)
    let wanted = terms.current.value
    return [
      shunt(means, wanted: wanted, who: "supply"),
      own("supply", means[.sourceCurrent]),
      Finding(
        "supply's own current less shunt's", means.difference(.sourceCurrent, .current), "A",
        from: -terms.currentTolerance.value, to: terms.currentTolerance.value,
        meaning: "one of the two meters is wrong, or current takes another way"),
      Finding(
        "supply's terminals less cell's tabs", drop, "V", from: -terms.voltageTolerance.value,
        to: terms.leadDrop.value + terms.voltageTolerance.value,
        meaning: "a lead of supply or meter is loose, or they are not on the same cell"),
    ]
  }

  /// What the load's says.
  func discharge(_ means: WiringMeans) -> [Finding] {
    let own = means[.loadCurrent]
    let shunt = means[.current].map { -$0 }
    let both = own.flatMap { own in shunt.map { own - $0 } }
    let swing = past[.charge]?[.voltage].flatMap { high in means[.voltage].map { high - $0 } }
    // Two standard errors of a difference of two means.
    let least = 2 * terms.voltageNoise.value * (2 / Double(max(terms.count, 1))).squareRoot()
    return [
      self.shunt(means, wanted: -terms.current.value, who: "load"),
      self.own("load", own),
      Finding(
        "load's own current less shunt's", both, "A", from: -terms.currentTolerance.value,
        to: terms.currentTolerance.value,
        meaning: "one of the two meters is wrong, or current takes another way"),
      Finding(
        "cell's tabs less load's terminals", means.difference(.voltage, .loadVoltage), "V",
        from: -terms.voltageTolerance.value,
        to: terms.leadDrop.value + terms.voltageTolerance.value,
        meaning: "a lead of load or meter is loose, or they are not on the same cell"),
      Finding(
        "cell voltage on charge less on discharge", swing, "V", from: least, to: 1,
        meaning: "the meter's leads do not follow the cell: broken, frozen or not at the tabs"),
    ]
  }

  private func shunt(_ means: WiringMeans, wanted: Double, who: String) -> Finding {
    let current = means[.current]
    let reversed = current.map { $0 * wanted < 0 && abs($0) > terms.zeroCurrent.value } ?? false
    return Finding(
      "\(who) on: current through the shunt", current, "A",
      from: wanted - terms.currentTolerance.value, to: wanted + terms.currentTolerance.value,
      meaning: reversed
        ? "wrong sign: the shunt's leads, or the \(who)'s, are swapped"
        : "the \(who)'s current does not pass the shunt")
  }

  private func own(_ who: String, _ current: Double?) -> Finding {
    Finding(
      "\(who)'s own current", current, "A",
      from: terms.current.value - terms.currentTolerance.value,
      to: terms.current.value + terms.currentTolerance.value)
  }
}
