import Quantities
import Records

/// The measured record in the Battery Data Format: machine names, current positive when it charges.
struct BDFTable {
  /// Columns before the surface channels.
  private static let front = [
    "test_time_second", "voltage_volt", "current_ampere", "unix_time_second", "cycle_count",
    "step_count", "ambient_temperature_celsius", "record_index", "step_id", "step_type",
    "step_time_second", "power_watt", "surface_temperature_celsius",
  ]
  /// Columns behind them.
  private static let back = ["capacity_ah", "energy_wh"].flatMap { quantity in
    ["charging", "discharging", "net", "cumulative"].map { "\($0)_\(quantity)" }
  }

  private let surfaceCount: Int
  private let types: [Int: StepType]
  /// First scans of the sittings after the first.
  private let resumptions: [Int]

  init(_ view: JournalView) throws {
    surfaceCount = try view.one("SELECT max(surface_count) FROM samples") { $0.int(0) ?? 0 } ?? 0
    types = try StepType.all(view)
    resumptions = try view.sittings().dropFirst().map(\.firstScan)
  }

  /// Names of the columns in their order.
  var columns: [String] {
    Self.front + (0..<surfaceCount).map { "temperature_t\($0 + 1)_celsius" } + Self.back
  }

  /// Writes all rows and returns their number.
  func write(_ view: JournalView, to file: inout OutputFile) throws -> Int {
    try file.write(columns.joined(separator: ",") + "\n")
    var index = 0
    var clock: SampleClock?
    var charge = Totals()
    var energy = Totals()
    var place = StepPlace()
    var stops = resumptions[...]
    try view.samples { sample, step, phase in
      index += 1
      while let stop = stops.first, sample.scan >= stop {
        stops.removeFirst()
        charge.breakOff()
        energy.breakOff()
      }
      let time = SampleClock.microseconds(sample.time.value)
      let now =
        clock ?? SampleClock(firstTime: sample.time.value, firstUnixTime: sample.unixTime)
      clock = now
      place.enter(step: step, phase: phase, at: time)
      let voltage = sample.cellVoltage.valid?.value
      let current = sample.current.valid?.value
      let power = voltage.flatMap { voltage in current.map { $0 * voltage } }
      if let current { charge.add(current, at: sample.time.value) }
      if let power { energy.add(power, at: sample.time.value) }

      var row = CSVRow()
      row.append(microseconds: time)
      row.append(voltage)
      row.append(current)
      row.append(microseconds: now.unixMicroseconds(time))
      row.append(1)
      row.append(step)
      row.append(sample.ambient.valid?.value)
      row.append(index)
      row.append(place.numberInPhase)
      row.append(name: types[step]?.rawValue ?? "")
      row.append(microseconds: time - place.begin)
      row.append(power)
      row.append(sample.surfaceMean?.value)
      for channel in 0..<surfaceCount { row.append(sample.surface[channel].valid?.value) }
      for totals in [charge, energy] {
        row.append(totals.charging)
        row.append(totals.discharging)
        row.append(totals.net)
        row.append(totals.cumulative)
      }
      try file.write(row.line)
    }
    return index
  }
}

/// Where a sample stands in its step and phase.
private struct StepPlace {
  private(set) var numberInPhase = 0
  private(set) var begin: Int64 = 0
  private var step: Int?
  private var phase: Int?

  mutating func enter(step: Int, phase: Int, at time: Int64) {
    if phase != self.phase { numberInPhase = 0 }
    if step != self.step || phase != self.phase {
      numberInPhase += 1
      begin = time
    }
    self.step = step
    self.phase = phase
  }
}
