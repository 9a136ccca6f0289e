import Quantities
import Safety

/// A bench with every required limit, and samples on it.
enum Scenes {
  static func band(_ low: Double, _ high: Double, margin: Double) -> LimitBand {
    guard
      let band = LimitBand(
        operate: (low, high), trip: (low - margin, high + margin))
    else { preconditionFailure("a band that is not ordered") }
    return band
  }

  static let bench = LimitLayer(
    origin: .bench, source: "bench",
    bands: [
      .voltage: band(2.5, 4.2, margin: 0.05), .current: band(-10, 10, margin: 0.5),
      .temperature: band(-20, 60, margin: 5), .chargeTemperature: band(0, 45, margin: 0),
      .dischargeTemperature: band(-20, 60, margin: 0),
    ])

  static let cell = LimitLayer(
    origin: .cell, source: "cell",
    bands: [.voltage: band(2.6, 4.1, margin: 0.05)],
    chargeCurrent: [
      .init(from: Celsius(0), to: Celsius(25), current: Amperes(1.5)),
      .init(from: Celsius(25), to: Celsius(45), current: Amperes(3.5)),
    ])

  static let rules = EnvelopeRules(ageLimit: Seconds(2.5), zeroCurrent: Amperes(0.02))

  static func envelope(_ layers: LimitLayer...) throws -> Envelope {
    try Envelope(layers: [bench] + layers, rules: rules)
  }

  static func sample(
    voltage: Double = 3.7, current: Double = 0, temperatures: [Double] = [24, 25],
    sourceOn: Bool = false, loadOn: Bool = false, at time: Double = 100
  ) -> Sample {
    let now = Seconds(time)
    var sample = Sample(scan: Int(time), time: now, unixTime: 1e9 + time)
    sample.cellVoltage = Reading(Volts(voltage), at: now)
    sample.current = Reading(Amperes(current), at: now)
    sample.surfaceCount = temperatures.count
    for (index, value) in temperatures.enumerated() {
      sample.surface[index] = Reading(Celsius(value), at: now)
    }
    sample.source.isOn = Reading(sourceOn, at: now)
    sample.load.isOn = Reading(loadOn, at: now)
    sample.source.protectionTripped = Reading(false, at: now)
    sample.load.protectionTripped = Reading(false, at: now)
    return sample
  }
}

extension Verdict {
  var trip: Trip? {
    if case .trip(let trip) = self { trip } else { nil }
  }
}
