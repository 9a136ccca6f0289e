import Drivers
import Electrochemistry
import Journal
import Profiles
import Quantities
import Safety

/// Everything that a run is made of, read and checked before anything is opened.
///
/// Made twice from the same files: by `run`, which compiles the safe plans from it, and by the
/// controller, which drives by it. `digest` makes sure that both saw the same bytes.
struct RunPlan {
  let files: RunFiles
  let cell: CellParameters
  /// Profiles in the order of the bench's instruments, with the bench's unit ids.
  let profiles: [InstrumentProfile]
  /// The limits in force in each phase.
  let envelopes: [Envelope]

  /// Voltage that may drop along the supply's leads at full current; bounds the supply's own
  /// voltage set-point (S17) and is what its over-voltage limit leaves room for.
  static let leadDrop = Volts(0.25)

  init(job: String, bench: String) throws {
    files = try RunFiles(job: job, bench: bench)
    cell = try CellFile.load(files.cellPath)
    try files.check(nominalCapacity: cell.nominalCapacity)
    profiles = try files.bench.instruments.map { instrument in
      var profile = try InstrumentProfile(path: instrument.profile.locate())
      if let unit = instrument.unit { profile.transport.unit = unit }
      return profile
    }
    envelopes = try Self.envelopes(files, cell, profiles)
    try Self.checkRoles(files.bench, profiles)
  }

  private static func envelopes(
    _ files: RunFiles, _ cell: CellParameters, _ profiles: [InstrumentProfile]
  ) throws -> [Envelope] {
    let bench = files.bench
    let sensors: [BenchInstrument.Role] = [.meter, .thermometer]
    let ages = zip(bench.instruments, profiles).compactMap { instrument, profile in
      sensors.contains(instrument.role) ? profile.timing.ageLimit.value : nil
    }
    let rules = EnvelopeRules(
      ageLimit: Seconds(max(ages.min() ?? 0, 2.5 * bench.scan.value)),
      zeroCurrent: bench.zeroCurrent)
    return try files.campaign.phases.indices.map { phase in
      try Envelope(
        layers: files.layers(phase: phase, nominalCapacity: cell.nominalCapacity), rules: rules)
    }
  }

  private static func checkRoles(_ bench: BenchFile, _ profiles: [InstrumentProfile]) throws {
    for (instrument, profile) in zip(bench.instruments, profiles)
    where profile.kind.rawValue != instrument.role.rawValue {
      throw ProfileError(
        file: bench.path, line: instrument.line, key: "instrument.\(instrument.name).role",
        value: "\"\(instrument.role.rawValue)\"",
        "\(profile.file) describes a \(profile.kind.rawValue)")
    }
  }

  /// The widest limits over all phases: what the devices are armed with once.
  var widest: (voltage: Volts, current: Amperes) {
    let voltage = envelopes.compactMap { $0.band(.voltage)?.tripHigh }.max() ?? 0
    let current = envelopes.compactMap { envelope in
      envelope.band(.current).map { max($0.tripHigh, -$0.tripLow) }
    }
    return (Volts(voltage), Amperes(current.max() ?? 0))
  }

  /// Ceiling of the supply's own voltage set-point.
  var sourceCeiling: Volts { widest.voltage + Self.leadDrop }

  /// What the device of an instrument is told to keep to by itself.
  func armedLimits(_ index: Int) -> ArmedLimits {
    let rating = profiles[index].rating
    let current = Amperes(min(widest.current.value, rating.current?.value ?? .infinity))
    let voltage = sourceCeiling + Volts(0.1)
    return ArmedLimits(
      voltage: voltage, current: current, power: Watts(voltage.value * current.value))
  }

  /// Every input with its role, name and bytes, for the journal.
  var inputs: [(role: String, name: String, content: [UInt8])] {
    files.inputs
      + profiles.map { (role: "profile", name: $0.file, content: $0.bytes) }
  }

  /// One digest over all inputs.
  var digest: String {
    SHA256.hexDigest(
      inputs.flatMap { Array($0.role.utf8) + Array($0.name.utf8) + $0.content })
  }
}
