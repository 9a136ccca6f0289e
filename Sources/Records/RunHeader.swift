/// What a run is: written once, first.
public struct RunHeader: Sendable, Hashable {
  /// Name of the run's folder.
  public var run: String
  /// The cell on the bench.
  public var asset: String
  /// Bench name.
  public var bench: String
  /// Unix time of pace 0.
  public var unixStart: Double
  /// `stepped` or `real`.
  public var pace: String
  /// Lockstep's version.
  public var version: String
  /// Versions of the libraries in use, by name.
  public var versions: [String: String]
  /// `research_override` as `by: reason`, or nil.
  public var researchOverride: String?
  /// Scan and control period, s.
  public var scanPeriod: Double
  /// Control period, s.
  public var controlPeriod: Double

  /// A header from its parts.
  public init(
    run: String, asset: String, bench: String, unixStart: Double, pace: String, version: String,
    versions: [String: String], researchOverride: String?, scanPeriod: Double,
    controlPeriod: Double
  ) {
    self.run = run
    self.asset = asset
    self.bench = bench
    self.unixStart = unixStart
    self.pace = pace
    self.version = version
    self.versions = versions
    self.researchOverride = researchOverride
    self.scanPeriod = scanPeriod
    self.controlPeriod = controlPeriod
  }
}
