/// How a particle filter samples.
public struct ParticleSettings: Sendable, Hashable {
  /// A voltmeter that may freeze: a Markov chain of two states.
  public struct StuckSensor: Sendable, Hashable {
    /// From working to stuck, 1/s: once in twelve days.
    public var onsetRate = 1e-6
    /// From stuck to working, 1/s.
    public var recoveryRate = 1.0 / 3600
    /// A frozen reading repeats itself to this share of its noise.
    public var tolerance = 0.1
    /// What each repeat says for a frozen sensor beyond what the cell says, nats: a working one of white noise
    /// repeats itself hardly ever. 0 for a meter that may be quieter or coarser than its noise says: then
    /// only a repeat that the cell cannot explain counts.
    public var repeatEvidence = 1.0
    /// Share of the particles that stand for the stuck state, whatever its probability, so that it never
    /// dies out.
    public var share = 0.25

    /// The defaults.
    public init() {}
  }

  /// Particles, 64 to 100,000.
  public var count = 1500
  /// Of the random numbers: the same record gives the same bytes.
  public var seed: UInt64 = 1
  /// Width of the kernel that a resampled particle is redrawn from, in standard deviations of its
  /// neighbourhood.
  public var kernelWidth = 0.2
  /// Below this sd of the state of charge a belief has one mode and sees straight curves: there voltages
  /// move particles as well, without the noise of weights.
  public var narrow = 0.01
  /// Time between two draws of the noise that is added to the state (random walks of charge,
  /// temperature, parameters), s; each draw has the variance of the whole time.
  public var noisePeriod = 10.0
  /// The voltmeter's; nil: it is taken to work always.
  public var stuckSensor: StuckSensor? = StuckSensor()

  /// The defaults.
  public init() {}
}
