/// What `commission` found: every figure, who, when, of which files.
public struct CommissioningRecord: Sendable, Hashable, Codable {
  /// What ports it opens the way to.
  public enum Scope: String, Sendable, Hashable, Codable {
    /// Everything was tested on real ports.
    case real
    /// A virtual bench, or a test that was skipped: ports of a rig only.
    case rig
  }

  /// How the E-stop was tested.
  public enum EmergencyStop: String, Sendable, Hashable, Codable {
    /// Pressed when asked; the current was seen to end.
    case pressed
    /// The operator says that it was tested beforehand.
    case declared
    /// Not tested.
    case skipped
  }

  enum CodingKeys: String, CodingKey {
    case schema, bench, asset, by, time, scope, chemistry, skipped, findings, ports, run, hashes
    case unixTime = "unix_time_second"
    case fireResponseConfirmed = "fire_response_confirmed"
    case emergencyStop = "emergency_stop"
  }

  /// Version of this form.
  public var schema = 1
  /// The bench's name.
  public var bench: String
  /// The cell on it.
  public var asset: String
  /// Who commissioned it.
  public var by: String
  /// When, s since 1970.
  public var unixTime: Double
  /// The same for a person.
  public var time: String
  /// What it opens the way to.
  public var scope: Scope
  /// The chemistry that the operator typed.
  public var chemistry: String
  /// Whether the operator confirmed the fire response of first-hour.md.
  public var fireResponseConfirmed: Bool
  /// How the E-stop was tested.
  public var emergencyStop: EmergencyStop
  /// What was not tested, one line each.
  public var skipped: [String]
  /// Every figure.
  public var findings: [Finding]
  /// Where each instrument was reached.
  public var ports: [String: String]
  /// Folder of the run's journal.
  public var run: String
  /// Of which files.
  public var hashes: BenchHashes

  /// A record from its parts.
  public init(
    bench: String, asset: String, by: String, unixTime: Double, time: String, scope: Scope,
    chemistry: String, fireResponseConfirmed: Bool, emergencyStop: EmergencyStop,
    skipped: [String], findings: [Finding], ports: [String: String], run: String,
    hashes: BenchHashes
  ) {
    self.bench = bench
    self.asset = asset
    self.by = by
    self.unixTime = unixTime
    self.time = time
    self.scope = scope
    self.chemistry = chemistry
    self.fireResponseConfirmed = fireResponseConfirmed
    self.emergencyStop = emergencyStop
    self.skipped = skipped
    self.findings = findings
    self.ports = ports
    self.run = run
    self.hashes = hashes
  }
}
