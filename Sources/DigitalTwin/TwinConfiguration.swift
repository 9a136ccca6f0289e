public import Estimation
public import Prescription
public import Quantities

/// How a twin of one asset estimates and decides.
public struct TwinConfiguration: Sendable {
  /// Priors and noise of the filter; state of charge at the start among them.
  public var estimator: EstimatorConfiguration
  /// How the riding current is found.
  public var ride: ConstraintRide
  /// Taken where no ambient reading ever came and no thermometer says otherwise.
  public var ambient: Celsius

  /// A configuration from its parts.
  public init(
    estimator: EstimatorConfiguration = EstimatorConfiguration(),
    ride: ConstraintRide = ConstraintRide(), ambient: Celsius = Celsius(25)
  ) {
    self.estimator = estimator
    self.ride = ride
    self.ambient = ambient
  }
}
