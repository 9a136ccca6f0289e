public import Electrochemistry

/// The simulated cell and what surrounds it, before anything is drawn.
public struct PlantSettings: Sendable {
  /// How one reading errs: what is drawn once for a rig, and what is as given.
  public struct SensorSpread: Sendable, Hashable {
    /// Standard deviation of the offset, in the reading's unit.
    public var offset: Double
    /// Standard deviation of the relative gain error.
    public var gain: Double
    /// Standard deviation of white noise, in the reading's unit.
    public var noise: Double
    /// Step that the reading is rounded to, in its unit; 0: none.
    public var resolution: Double
    /// Age of what is read, s of pace time.
    public var latency: Double

    /// A spread from its parts; a true sensor by default.
    public init(
      offset: Double = 0, gain: Double = 0, noise: Double = 0, resolution: Double = 0,
      latency: Double = 0
    ) {
      self.offset = offset
      self.gain = gain
      self.noise = noise
      self.resolution = resolution
      self.latency = latency
    }
  }

  /// What the drawn factors apply to.
  public var cell: CellParameters
  /// What the cell is called in the truth's sidecar.
  public var cellName: String
  /// The plant's own; the twin's is another.
  public var mesh = SPMe.MeshName.fine
  /// Whether the cell's temperature moves.
  public var thermal = SPMe.Thermal.lumped
  /// Longest step of the plant, s.
  public var step = 0.1
  /// Standard deviation of the logarithm of the factor on each parameter.
  public var spread: [ParameterName: Double] = [:]
  /// Standard deviation of the shift of each open-circuit potential, V.
  public var openCircuitSpread = (negative: 0.0, positive: 0.0)
  /// Mean of the initial state of charge, 0 to 1.
  public var stateOfCharge = 0.6
  /// Its standard deviation.
  public var stateOfChargeDeviation = 0.0
  /// Of chamber and cell at the start, degC.
  public var ambient = 25.0
  /// Of the chamber's air, s.
  public var chamberTimeConstant = 120.0
  /// Between the cell's tabs and the terminals of supply and load, both ways, ohm.
  public var leadResistance = 0.015
  /// By `instrument.reading`, in the words of the instrument's profile.
  public var sensors: [String: SensorSpread] = [:]
  /// What a second *flash on* does while the relay is closed by a first one.
  public var retrigger = Retrigger.restarts

  /// A cell as its file says, with true sensors.
  public init(cell: CellParameters, named cellName: String) {
    self.cell = cell
    self.cellName = cellName
  }
}
