public import Profiles
public import Quantities

/// What reading a device tells, for a person who wonders whether it is the one that its profile means.
public struct ProbeReport: Sendable, Hashable {
  /// One declared value as it was read.
  public struct Value: Sendable, Hashable {
    /// Its name in the profile.
    public var name: String
    /// What it read, in `unit`; NaN: nothing that counts.
    public var value: Double
    /// Unit, or empty.
    public var unit: String
    /// What it is worth.
    public var quality: Quality
  }

  /// Wall time of single transactions, gaps not included.
  public struct Timing: Sendable, Hashable {
    /// Transactions that were timed.
    public var count: Int
    /// Shortest.
    public var least: Seconds
    /// Median.
    public var median: Seconds
    /// Longest.
    public var most: Seconds
  }

  /// The instrument's name on the bench.
  public var name: String
  /// Maker and model that the profile describes.
  public var model: String
  /// Every readable value, in the profile's order.
  public var values: [Value]
  /// Nil: nothing was read.
  public var timing: Timing?
  /// What was found of what the profile leaves to the device, one line each.
  public var found: [String]
  /// Why a run on this device would be refused as it stands now, one line each.
  public var refusals: [String]
  /// What no source says, from the profile.
  public var unknown: [String]
  /// Why it was not read at all; nil: it was.
  public var skipped: String?

  /// A report on a device of `profile` of which nothing is known yet.
  ///
  /// - Parameter refusals: why a run would be refused: its port does not open.
  public init(name: String, profile: InstrumentProfile, refusals: [String] = []) {
    self.name = name
    model = "\(profile.vendor) \(profile.model)"
    values = []
    timing = nil
    found = []
    self.refusals = refusals
    unknown = profile.unknown
    skipped = nil
  }
}
