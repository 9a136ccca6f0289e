import CRealtime
import Commissioning
import Drivers
import Guard
import Profiles
import Quantities
import Transports

/// The meter and thermometers of a locked bench, opened to be read and nothing else.
struct CellSensors {
  private struct Place {
    var instrument: Int
    var channel: Int
  }

  private let instruments: [ProfiledInstrument]
  private let voltage: Place
  private let surface: [Place]
  private let ambient: Place?

  /// - Throws: `CommandFailure` or `PortError` when one of them cannot be reached.
  init(_ plan: RunPlan, overrides: [String: PortAddress], holder: String) throws {
    let bench = plan.files.bench
    let recognition = RigRecognition()
    var opened: [ProfiledInstrument] = []
    var names: [String] = []
    func place(_ reference: ReadingReference) throws -> Place {
      guard let index = bench.instruments.firstIndex(where: { $0.name == reference.instrument }),
        let channel = plan.profiles[index].channelIndex(named: reference.value)
      else { throw CommandFailure(status: 2, message: "\(reference): no such reading") }
      if let known = names.firstIndex(of: reference.instrument) {
        return Place(instrument: known, channel: channel)
      }
      let instrument = bench.instruments[index]
      guard let address = overrides[instrument.name] ?? PortAddress(instrument.port) else {
        throw CommandFailure(status: 2, message: "no --port \(instrument.name)=PATH")
      }
      _ = try address.origin(recognition)
      _ = try OpenBench.lock(.port("\(address)"), holder)
      let port = try address.open(plan.profiles[index])
      let sensor = try ProfiledInstrument(
        name: instrument.name, profile: plan.profiles[index], descriptor: port.release(),
        framing: address.framing, pacing: .real, limits: ArmedLimits())
      try sensor.openWithoutWriting()
      opened.append(sensor)
      names.append(instrument.name)
      return Place(instrument: opened.count - 1, channel: channel)
    }
    voltage = try place(bench.readings.cellVoltage)
    surface = try bench.readings.surfaceTemperature.map(place)
    ambient = try bench.readings.ambientTemperature.map(place)
    instruments = opened
  }

  /// Looks at the cell four times a second.
  func look(for seconds: Double) -> CellLook {
    var look = CellLook()
    let start = lockstep_monotonic_nanoseconds()
    var due = start
    repeat {
      let readings = instruments.map { instrument in
        var readings = instrument.valueNames.map { _ in
          Reading(Double.nan, at: .zero, quality: .missing)
        }
        instrument.acquire(at: .zero, into: &readings)
        return readings
      }
      func value(_ place: Place) -> Double? { readings[place.instrument][place.channel].valid }
      look.take(
        at: Double(lockstep_monotonic_nanoseconds() - start) / 1e9, voltage: value(voltage),
        surface: surface.map(value), ambient: ambient.flatMap(value))
      due += 250_000_000
      while lockstep_sleep_until(due) != 0 {}
    } while Double(due - start) / 1e9 <= seconds
    return look
  }
}

extension ProfiledInstrument {
  /// Identity and scales are read; a device whose opening would write is refused.
  func openWithoutWriting() throws {
    let steps = profile.open + profile.arm
    guard steps.allSatisfy({ $0.writtenValues.isEmpty }) else {
      throw CommandFailure(
        status: 2, message: "\(name): \(profile.file): opening it writes to it")
    }
    try open(at: .zero)
  }
}
