import Drivers
import Electrochemistry
import Journal
import Profiles
import Protocols
import Quantities
import Safety

/// Everything that a run is made of, read and checked before anything is opened.
///
/// Made twice from the same files: by `run`, which compiles the safe plans from it, and by the
/// controller, which drives by it. `digest` makes sure that both saw the same bytes.
struct RunPlan {
  let files: RunFiles
  let cell: CellParameters
  private let cellBytes: [UInt8]
  /// Profiles in the order of the bench's instruments, with the bench's unit ids.
  let profiles: [InstrumentProfile]
  /// The limits in force in each phase.
  let envelopes: [Envelope]

  init(job: String, bench: String) throws {
    try self.init(RunFiles(job: job, bench: bench))
  }

  /// What setting a bench up needs: no job.
  init(settingUp bench: String) throws { try self.init(RunFiles(bench: bench)) }

  private init(_ files: RunFiles) throws {
    self.files = files
    cellBytes = try CellFile.bytes(files.cellPath)
    cell = try CellFile.parse(cellBytes, file: files.cellPath)
    try files.check(nominalCapacity: cell.nominalCapacity)
    profiles = try files.bench.instruments.map { instrument in
      var profile = try InstrumentProfile(path: instrument.profile.locate())
      if let unit = instrument.unit { profile.transport.unit = unit }
      return profile
    }
    envelopes = try Self.envelopes(files, cell, profiles)
    try Self.checkRoles(files.bench, profiles)
    try Self.refuseUnused(files)
    try refuseSilentAlarm()
    try refuseUnjudgeable()
  }

  /// What the files may say and this version would not obey is refused, never ignored.
  private static func refuseUnused(_ files: RunFiles) throws {
    let bench = files.bench
    for instrument in bench.instruments where (instrument.channel ?? 1) != 1 {
      throw ProfileError(
        file: bench.path, line: instrument.line, key: "instrument.\(instrument.name).channel",
        "not in this version: 1 is")
    }
    for phase in files.campaign.phases {
      guard case .charge(let job) = phase.job else { continue }
      guard job.fallback == .amperes(.zero) else {
        throw ProfileError(
          file: files.campaign.path, line: phase.line, key: "fallback",
          "another than 0 A is not in this version: leave it out")
      }
    }
  }

  private static func envelopes(
    _ files: RunFiles, _ cell: CellParameters, _ profiles: [InstrumentProfile]
  ) throws -> [Envelope] {
    let bench = files.bench
    try WiringRules.check(bench, profiles)
    try WiringRules.checkFuse(bench, files.limits)
    let sensors: [BenchInstrument.Role] = [.meter, .thermometer]
    let ages = zip(bench.instruments, profiles).compactMap { instrument, profile in
      sensors.contains(instrument.role) ? profile.timing.ageLimit.value : nil
    }
    let rules = EnvelopeRules(
      ageLimit: Seconds(max(ages.min() ?? 0, 2.5 * bench.scan.value)),
      zeroCurrent: bench.zeroCurrent,
      currentTripMargin: currentTripMargin(bench), holdTolerance: holdTolerance(bench),
      interlocks: bench.readings.interlocks.map { "\($0)" })
    let instruments = instrumentLayer(bench, profiles)
    return try files.campaign.phases.indices.map { phase in
      try Envelope(
        layers: [instruments]
          + files.layers(phase: phase, nominalCapacity: cell.nominalCapacity), rules: rules)
    }
  }

  /// What a current may read above a derating table: the ammeters' errors and the shunt's noise.
  static func currentTripMargin(_ bench: BenchFile) -> Amperes {
    let tolerance = bench.plausibility.currentTolerance ?? PlausibilityRules().currentTolerance
    let sensor = bench.accuracy.current
    return tolerance + Amperes(5 * sensor.noise + sensor.resolution)
  }

  /// How far a held voltage may read past its window: the meter's noise, 10 mV at least.
  private static func holdTolerance(_ bench: BenchFile) -> Volts {
    let sensor = bench.accuracy.voltage
    return Volts(max(0.01, 5 * sensor.noise + sensor.resolution))
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

  /// Every input with its role, name and bytes, for the journal.
  var inputs: [(role: String, name: String, content: [UInt8])] {
    files.inputs + [(role: "cell", name: files.cellPath, content: cellBytes)]
      + profiles.map { (role: "profile", name: $0.file, content: $0.bytes) }
  }

  /// One digest over all inputs.
  var digest: String {
    SHA256.hexDigest(
      inputs.flatMap { Array($0.role.utf8) + Array($0.name.utf8) + $0.content })
  }
}
