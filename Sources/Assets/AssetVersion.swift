/// One immutable version of what is believed of an asset.
public struct AssetVersion: Sendable, Hashable {
  /// One parameter: its mean in its unit.
  public struct Parameter: Sendable, Hashable {
    /// As in `negative_electrode.active_fraction`.
    public var name: String
    /// As in `log factor`, `Ohm`.
    public var unit: String
    /// Its mean.
    public var mean: Double

    /// A parameter from its parts.
    public init(name: String, unit: String, mean: Double) {
      self.name = name
      self.unit = unit
      self.mean = mean
    }
  }

  /// A figure of health.
  public struct Figure: Sendable, Hashable {
    /// With its unit, as in `capacity_ah`.
    public var name: String
    /// Its mean.
    public var mean: Double
    /// Its standard deviation.
    public var sd: Double

    /// A figure from its parts.
    public init(name: String, mean: Double, sd: Double) {
      self.name = name
      self.mean = mean
      self.sd = sd
    }
  }

  /// From 1 in each asset, without gaps.
  public var number: Int
  /// Number of the version that it continues; nil for the first.
  public var parent: Int?
  /// When it was made, unix, s.
  public var unixTime: Double
  /// What it was made from, and by what.
  public var provenance: Provenance
  /// Parameters, in the order of the covariance.
  public var parameters: [Parameter]
  /// Covariance of the parameters, row-major, symmetric.
  public var covariance: [Double]
  /// State of health.
  public var health: [Figure]

  /// A version from its parts; the store gives it its number.
  public init(
    parent: Int?, unixTime: Double, provenance: Provenance, parameters: [Parameter],
    covariance: [Double], health: [Figure]
  ) {
    number = (parent ?? 0) + 1
    self.parent = parent
    self.unixTime = unixTime
    self.provenance = provenance
    self.parameters = parameters
    self.covariance = covariance
    self.health = health
  }

  /// Standard deviation of the parameter at a place.
  public func sd(_ place: Int) -> Double {
    covariance[place * parameters.count + place].squareRoot()
  }
}
