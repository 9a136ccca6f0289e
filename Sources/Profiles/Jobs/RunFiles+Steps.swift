import Protocols
import Quantities

extension RunFiles {
  /// Why `step` cannot run inside `layers`, or nil when it can.
  func problem(
    with step: ProtocolStep, in layers: [LimitLayer], _ nominal: AmpereHours
  ) -> String? {
    if let band = Self.band(.voltage, of: layers) {
      for voltage in step.voltages
      where voltage.value < band.operateLow || voltage.value > band.operateHigh {
        return "\(voltage) is outside \(band.operateLow) V to \(band.operateHigh) V"
          + place(of: .voltage, layers)
      }
    }
    if case .chamber = step.mode, !bench.instruments.contains(where: { $0.role == .chamber }) {
      return "bench \(bench.name) has no chamber"
    }
    if case .chamber(let target) = step.mode, let band = Self.band(.temperature, of: layers),
      target.value < band.operateLow || target.value > band.operateHigh
    {
      return "\(target) is outside \(band.operateLow) degC to \(band.operateHigh) degC"
        + place(of: .temperature, layers)
    }
    guard let current = step.drive?.amperes(nominal: nominal) else { return nil }
    if let band = Self.band(.current, of: layers),
      current.value < band.operateLow || current.value > band.operateHigh
    {
      return "\(current) is outside \(band.operateLow) A to \(band.operateHigh) A"
        + place(of: .current, layers)
    }
    let rows = layers.flatMap { current > .zero ? $0.chargeCurrent : $0.dischargeCurrent }
    if let most = rows.map(\.current).max(), current.magnitude > most {
      let way = current > .zero ? "; past it a research_override is wanted" : ""
      return "\(current) is past the cell's table, at most \(most)\(way)"
    }
    return nil
  }
}

extension ProtocolFile {
  /// Whether a charge can be counted: from a cell charged to a voltage to one discharged to a voltage.
  var countsCapacity: Bool {
    guard let full = steps.firstIndex(where: { $0.isEndedByVoltage(charging: true) }) else {
      return false
    }
    return steps[full...].contains { $0.isEndedByVoltage(charging: false) }
  }
}

extension ProtocolStep {
  /// Whether the step's current has this direction and the cell's voltage ends or turns it.
  fileprivate func isEndedByVoltage(charging: Bool) -> Bool {
    guard let drive, (drive.number > 0) == charging else { return false }
    if case .currentThenHold = mode { return true }
    return ends.contains { if case .voltage = $0 { true } else { false } }
  }

  /// Every voltage that the step names.
  var voltages: [Volts] {
    var voltages: [Volts] = []
    switch mode {
    case .hold(let voltage), .currentThenHold(_, let voltage): voltages.append(voltage)
    case .rest, .current, .chamber, .power, .resistance: break
    }
    for case .voltage(_, let voltage) in ends { voltages.append(voltage) }
    return voltages
  }

  /// The current that the step sets, or nil when it sets none.
  var drive: CurrentValue? {
    switch mode {
    case .current(let value), .currentThenHold(let value, _): value
    case .rest, .hold, .chamber, .power, .resistance: nil
    }
  }
}
