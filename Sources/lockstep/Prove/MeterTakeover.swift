import Drivers
import Glibc
import Guard
import Profiles
import Quantities
import Transports

/// Reads the shunt through the descriptor that a dead controller left behind. Made while nobody
/// else is on the line: identity and scales are read first.
struct MeterTakeover {
  private let instrument: ProfiledInstrument
  private let channel: Int
  private let threshold: Double
  private var readings: [Reading<Double>]

  init(_ plan: RunPlan, _ open: OpenBench) throws {
    let bench = plan.files.bench
    let reference = bench.readings.current
    guard let index = bench.instruments.firstIndex(where: { $0.name == reference.instrument }),
      let channel = plan.profiles[index].channelIndex(named: reference.value)
    else {
      throw CommandFailure(status: 2, message: "\(bench.path): reading.current: no such meter")
    }
    instrument = try ProfiledInstrument(
      name: reference.instrument, profile: plan.profiles[index],
      descriptor: open.ports[index].descriptor, framing: open.framings[index], pacing: .real,
      limits: ArmedLimits())
    try instrument.openWithoutWriting()
    self.channel = channel
    threshold = bench.zeroCurrent.value
    readings = instrument.valueNames.map { _ in Reading(.nan, at: .zero, quality: .missing) }
  }

  /// Asks until three readings in a row are below the threshold; the time of the first of them, s on
  /// the monotonic clock, or nil at `end`.
  mutating func whenGone(until end: Double) -> Double? {
    var first: Double?
    var inARow = 0
    while GuardChild.now < end || inARow > 0 {
      instrument.acquire(at: .zero, into: &readings)
      let time = GuardChild.now
      let reading = readings[channel]
      if reading.quality == .good, abs(reading.value) < threshold {
        first = first ?? time
        inARow += 1
        if inARow == 3 { return first }
      } else {
        first = nil
        inARow = 0
      }
      poll(nil, 0, 20)
    }
    return nil
  }
}
