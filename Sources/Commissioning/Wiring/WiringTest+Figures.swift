import Quantities

extension WiringTest {
  /// What the means of a stage say, each with what is allowed.
  func figures(
    of stage: WiringStage, _ means: WiringMeans, surfaces: Int, ambient: Bool
  ) -> [Finding] {
    switch stage {
    case .rest: rest(means, surfaces, ambient)
    case .closed: quiet(means) + contactor(means, closed: true)
    case .charge: charge(means)
    case .chargeBroken, .dischargeBroken:
      [noCurrent(means, meaning: "the contactor is welded or does not break this branch")]
        + contactor(means, closed: false) + [tabs(means)]
    case .supplyOff, .loadOff: quiet(means)
    case .discharge: discharge(means)
    case .emergencyStop: []
    case .end: quiet(means) + drifts(means, surfaces)
    }
  }

  private func rest(_ means: WiringMeans, _ surfaces: Int, _ ambient: Bool) -> [Finding] {
    let voltage = means[.voltage]
    var figures = [
      Finding(
        "cell voltage, presence", voltage, "V", from: WiringTerms.presence.value,
        meaning: "reversed, shorted or absent, or the meter's leads are off or swapped"),
      Finding(
        "cell voltage at rest", voltage, "V", from: terms.window.lowerBound.value,
        to: terms.window.upperBound.value, meaning: "not a cell of this chemistry, or not one cell"),
    ]
    figures += quiet(means) + contactor(means, closed: false)
    var seen: [Double] = []
    for index in 0..<surfaces {
      let value = means[.surface(index)]
      figures.append(
        Finding(
          "surface thermometer \(index + 1)", value, "degC", from: -40, to: 85,
          meaning: "broken, open or not in place"))
      if let value { seen.append(value) }
    }
    if ambient {
      figures.append(
        Finding("ambient thermometer", means[.ambient], "degC", from: -40, to: 85))
      if let value = means[.ambient] { seen.append(value) }
    }
    let spread = seen.isEmpty ? nil : (seen.max() ?? 0) - (seen.min() ?? 0)
    figures.append(
      Finding(
        "thermometers at rest, hottest less coldest", spread, "K", to: WiringTerms.spread,
        meaning: "one is off its place or wrong, or the cell is not at rest: wait"))
    return figures
  }

  private func quiet(_ means: WiringMeans) -> [Finding] {
    [
      noCurrent(means, meaning: "something drives current while all is off"),
      Finding("supply output on", means[.sourceOn], "", from: 0, to: 0),
      Finding("load input on", means[.loadOn], "", from: 0, to: 0),
    ]
  }

  private func noCurrent(_ means: WiringMeans, meaning: String) -> Finding {
    Finding(
      "current through the shunt, magnitude", means[.current].map(abs), "A",
      to: terms.zeroCurrent.value, meaning: meaning)
  }

  private func contactor(_ means: WiringMeans, closed: Bool) -> [Finding] {
    // A contactor that tells nothing of itself is judged by the current alone.
    guard let state = means[.closed] else { return [] }
    let wanted: Double = closed ? 1 : 0
    return [Finding("contactor reads closed", state, "", from: wanted, to: wanted)]
  }

  /// The meter stays on the cell when the contactor leaves it.
  private func tabs(_ means: WiringMeans) -> Finding {
    let rest = past[.rest]?[.voltage]
    let moved = means[.voltage].flatMap { now in rest.map { now - $0 } }
    return Finding(
      "cell voltage with the contactor open less at rest", moved, "V", from: -0.1, to: 0.1,
      meaning: "the meter is not at the cell's tabs but behind the contactor")
  }

  private func drifts(_ means: WiringMeans, _ surfaces: Int) -> [Finding] {
    (0..<surfaces).map { index in
      let before = past[.rest]?[.surface(index)]
      let moved = means[.surface(index)].flatMap { now in before.map { abs(now - $0) } }
      return Finding(
        "surface thermometer \(index + 1) moved during the test", moved, "K",
        to: WiringTerms.drift)
    }
  }
}
