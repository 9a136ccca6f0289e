/// What `prove` measured: from each blow to the end of the current, and what the relay does.
public struct ProofRecord: Sendable, Hashable, Codable {
  /// One blow while one device drove the current.
  public struct Blow: Sendable, Hashable, Codable {
    /// What was done, as in `kill -9 controller`.
    public var blow: String
    /// Which device drove the current.
    public var device: String
    /// From the blow until the shunt was seen below zero current, s of wall time; nil: never seen.
    public var seconds: Double?
    /// What it may take at most by the computation, s.
    public var bound: Double
    /// Who saw it: `guard`, `controller` or `prover`.
    public var seenBy: String
    /// The meter itself was out: seen only once it spoke again, so that the time is an upper bound of
    /// nothing else.
    public var isBlind: Bool

    enum CodingKeys: String, CodingKey {
      case blow, device, seconds
      case bound = "bound_second"
      case seenBy = "seen_by"
      case isBlind = "blind"
    }

    /// A blow from its parts.
    public init(
      blow: String, device: String, seconds: Double?, bound: Double, seenBy: String,
      isBlind: Bool = false
    ) {
      self.blow = blow
      self.device = device
      self.seconds = seconds
      self.bound = bound
      self.seenBy = seenBy
      self.isBlind = isBlind
    }

    /// Whether the current was gone in time.
    public var passed: Bool { seconds.map { $0 <= bound } ?? false }
  }

  enum CodingKeys: String, CodingKey {
    case schema, bench, by, time, scope, blows, rearming, skipped, ports, hashes
    case unixTime = "unix_time_second"
    case hold = "hold_second"
  }

  /// Version of this form.
  public var schema = 1
  /// The bench's name.
  public var bench: String
  /// Who proved it.
  public var by: String
  /// When, s since 1970.
  public var unixTime: Double
  /// The same for a person.
  public var time: String
  /// What it opens the way to.
  public var scope: CommissioningRecord.Scope
  /// Every blow, in order.
  public var blows: [Blow]
  /// What the relay makes of a second closing; nil: not measured.
  public var rearming: RearmScheme?
  /// Time that one closing held, s.
  public var hold: Double?
  /// What was not done, one line each.
  public var skipped: [String]
  /// Where each instrument was reached.
  public var ports: [String: String]
  /// Of which files.
  public var hashes: BenchHashes

  /// A record from its parts.
  public init(
    bench: String, by: String, unixTime: Double, time: String, scope: CommissioningRecord.Scope,
    blows: [Blow], rearming: RearmScheme?, hold: Double?, skipped: [String],
    ports: [String: String], hashes: BenchHashes
  ) {
    self.bench = bench
    self.by = by
    self.unixTime = unixTime
    self.time = time
    self.scope = scope
    self.blows = blows
    self.rearming = rearming
    self.hold = hold
    self.skipped = skipped
    self.ports = ports
    self.hashes = hashes
  }

  /// Longest time to no current that was measured with a seeing meter, s; nil while a blow was not seen
  /// to end.
  public var longest: Double? {
    guard blows.allSatisfy({ $0.seconds != nil }) else { return nil }
    return blows.filter { !$0.isBlind }.compactMap(\.seconds).max()
  }

  /// Longest time that the computation allows any of those, s.
  public var bound: Double { blows.filter { !$0.isBlind }.map(\.bound).max() ?? .infinity }
}
