import Instruments
package import Quantities

/// Builds each scan's sample from the ports' latest readings.
///
/// A value that did not come in this scan is replaced by its last good one, with the time of that
/// one and the quality of this scan's attempt: the envelope sees its age and why. Allocates nothing.
package struct SampleAssembly {
  private let wiring: BenchWiring
  /// Where each instrument lives: port index and place on that port.
  private let places: [(port: Int, index: Int)]
  private var last: Sample
  /// Bidirectional: whether the one instrument was last told to sink. What it says of itself counts as
  /// the load's then, as the supply's otherwise.
  package var isSinking = false

  package init(_ wiring: BenchWiring, start: Seconds) {
    self.wiring = wiring
    var places = [(port: Int, index: Int)](
      repeating: (0, 0), count: wiring.ports.reduce(0) { $0 + $1.instruments.count })
    for (port, entry) in wiring.ports.enumerated() {
      for (index, instrument) in entry.instruments.enumerated() {
        places[instrument] = (port, index)
      }
    }
    self.places = places
    last = Sample(scan: -1, time: start, unixTime: 0)
  }

  /// The place of an instrument: which port, and which of that port's.
  package func place(of instrument: Int) -> (port: Int, index: Int) { places[instrument] }

  package mutating func sample(scan: Int, time: Seconds, unixTime: Double, from ports: [PortThread])
    -> Sample
  {
    var new = Sample(scan: scan, time: time, unixTime: unixTime)
    new.cellVoltage = quantity(wiring.cellVoltage, ports, last.cellVoltage)
    new.current = quantity(wiring.current, ports, last.current)
    new.surfaceCount = min(wiring.surface.count, Sample.surfaceCapacity)
    for index in 0..<new.surfaceCount {
      new.surface[index] = quantity(wiring.surface[index], ports, last.surface[index])
    }
    if let ambient = wiring.ambient { new.ambient = quantity(ambient, ports, last.ambient) }
    if wiring.isBidirectional {
      twoWay(ports, &new)
    } else {
      terminal(wiring.source, ports, last.source, &new.source)
      terminal(wiring.load, ports, last.load, &new.load)
    }
    new.interlockCount = min(wiring.interlocks.count, Sample.interlockCapacity)
    for index in 0..<new.interlockCount {
      new.interlocks[index] = flag(wiring.interlocks[index], ports, last.interlocks[index])
    }
    if let state = wiring.contactorState {
      new.contactorIsRead = true
      new.contactorClosed = flag(state, ports, last.contactorClosed)
    }
    last = new
    return new
  }

  private func twoWay(_ ports: [PortThread], _ new: inout Sample) {
    var one = TerminalReadings(at: new.time)
    terminal(wiring.source, ports, isSinking ? last.load : last.source, &one)
    let off = Reading(false, at: one.isOn.time, quality: one.isOn.quality)
    let none = Reading(Amperes.zero, at: one.current.time, quality: one.current.quality)
    one.current.value = one.current.value.magnitude
    new.source = one
    new.load = one
    if isSinking {
      (new.source.isOn, new.source.current) = (off, none)
    } else {
      (new.load.isOn, new.load.current) = (off, none)
    }
  }

  private func raw(_ channel: Channel, _ ports: [PortThread]) -> Reading<Double>? {
    let place = places[channel.instrument]
    guard ports[place.port].isDone else { return nil }
    return ports[place.port].readings[place.index][channel.value]
  }

  private func quantity<Q: Quantity>(
    _ channel: Channel, _ ports: [PortThread], _ previous: Reading<Q>
  ) -> Reading<Q> {
    guard let reading = raw(channel, ports) else {
      return Reading(previous.value, at: previous.time, quality: .missing)
    }
    guard reading.quality == .good else {
      // A sensor that says it is broken is not excused by its past.
      let value = reading.quality == .sensorFault ? Q(.nan) : previous.value
      return Reading(value, at: previous.time, quality: reading.quality)
    }
    return Reading(Q(reading.value), at: reading.time)
  }

  private func flag(_ channel: Channel, _ ports: [PortThread], _ previous: Reading<Bool>)
    -> Reading<Bool>
  {
    guard let reading = raw(channel, ports), reading.quality == .good else {
      return Reading(previous.value, at: previous.time, quality: .missing)
    }
    return Reading(reading.value != 0, at: reading.time)
  }

  private func terminal(
    _ terminal: BenchWiring.Terminal, _ ports: [PortThread], _ previous: TerminalReadings,
    _ new: inout TerminalReadings
  ) {
    if let voltage = terminal.voltage { new.voltage = quantity(voltage, ports, previous.voltage) }
    if let current = terminal.current { new.current = quantity(current, ports, previous.current) }
    new.isOn = flag(terminal.isOn, ports, previous.isOn)
    var tripped = Reading(false, at: previous.protectionTripped.time, quality: .missing)
    for channel in terminal.protection {
      let one = flag(channel, ports, previous.protectionTripped)
      tripped = one.value ? one : (tripped.value ? tripped : one)
    }
    new.protectionTripped = tripped
  }
}
