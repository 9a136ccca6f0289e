/// What a particle filter's particles stand for.
public struct ParticleSettings: Sendable, Hashable {
  /// A voltmeter that may freeze: a Markov chain of two states.
  public struct StuckSensor: Sendable, Hashable {
    /// From working to stuck, 1/s: once in twelve days.
    public var onsetRate = 1e-6
    /// From stuck to working, 1/s.
    public var recoveryRate = 1.0 / 3600
    /// A frozen reading repeats itself to this share of its noise's sd.
    public var tolerance = 0.1
    /// What each repeat says for a frozen sensor beyond what the cell says, nats: a working one of white noise
    /// repeats itself hardly ever. 0 for a meter that may be quieter or coarser than its noise says: then
    /// only a repeat that the cell cannot explain counts.
    public var repeatEvidence = 1.0

    /// The defaults.
    public init() {}
  }

  /// Most particles at once, 8 to 1024; a third of them is kept for a stuck sensor.
  public var count = 72
  /// Spread of the charge, sd, over which a particle's Kalman filter takes the curves as straight: a wider belief
  /// is split.
  public var width = 0.02
  /// The voltmeter's; nil: it is taken to work always.
  public var stuckSensor: StuckSensor? = StuckSensor()

  /// The defaults.
  public init() {}
}
