import Bench
import Instruments
import Quantities

extension ProcedureLoop {
  /// This scan's sample. A value that did not come keeps its last good value and time, and says so.
  func sample() -> Sample {
    let wiring = bench.wiring
    var new = Sample(scan: scan, time: now, unixTime: bench.unixStart + now.value)
    new.cellVoltage = quantity(wiring.cellVoltage, last.cellVoltage)
    new.current = quantity(wiring.current, last.current)
    new.surfaceCount = min(wiring.surface.count, Sample.surfaceCapacity)
    for index in 0..<new.surfaceCount {
      new.surface[index] = quantity(wiring.surface[index], last.surface[index])
    }
    if let ambient = wiring.ambient { new.ambient = quantity(ambient, last.ambient) }
    new.interlockCount = min(wiring.interlocks.count, Sample.interlockCapacity)
    for index in 0..<new.interlockCount {
      new.interlocks[index] = flag(wiring.interlocks[index], last.interlocks[index])
    }
    new.source = terminal(wiring.source, last.source)
    new.load = terminal(wiring.load, last.load)
    if let state = wiring.contactorState {
      new.contactorIsRead = true
      new.contactorClosed = flag(state, last.contactorClosed)
    }
    return new
  }

  private func raw(_ channel: Channel) -> Reading<Double>? {
    let port = ports[channel.instrument]
    return port.isDone ? port.readings[0][channel.value] : nil
  }

  private func quantity<Q: Quantity>(_ channel: Channel, _ previous: Reading<Q>) -> Reading<Q> {
    guard let reading = raw(channel) else {
      return Reading(previous.value, at: previous.time, quality: .missing)
    }
    guard reading.quality == .good else {
      // A sensor that says it is broken is not excused by its past.
      let value = reading.quality == .sensorFault ? Q(.nan) : previous.value
      return Reading(value, at: previous.time, quality: reading.quality)
    }
    return Reading(Q(reading.value), at: reading.time)
  }

  private func flag(_ channel: Channel, _ previous: Reading<Bool>) -> Reading<Bool> {
    guard let reading = raw(channel), reading.quality == .good else {
      return Reading(previous.value, at: previous.time, quality: .missing)
    }
    return Reading(reading.value != 0, at: reading.time)
  }

  private func terminal(
    _ terminal: BenchWiring.Terminal, _ previous: TerminalReadings
  ) -> TerminalReadings {
    var new = TerminalReadings(at: now)
    if let voltage = terminal.voltage { new.voltage = quantity(voltage, previous.voltage) }
    if let current = terminal.current { new.current = quantity(current, previous.current) }
    new.isOn = flag(terminal.isOn, previous.isOn)
    new.protectionTripped = previous.protectionTripped
    let flags = terminal.protection.map { flag($0, previous.protectionTripped) }
    if let tripped = flags.first(where: \.value) ?? flags.first { new.protectionTripped = tripped }
    return new
  }
}
