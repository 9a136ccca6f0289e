public import Electrochemistry

/// What a cell's filter believes before it has seen anything, and how noisy it takes the world to be.
///
/// Defaults describe a cell of a known type on a bench with a 1 mV meter; every number is an sd.
/// Carried but hardly observable, so that their sd stays in every band: the split of an open-circuit
/// offset between the electrodes, the scale of the shunt (it looks like capacity), the offset common to
/// all thermometers and the ambient sensor. An offset of the voltmeter cannot be told from one of the
/// positive electrode and is part of `positiveOffsetSD`.
public struct EstimatorConfiguration: Sendable {
  /// A parameter that the filter tracks, as the natural logarithm of its factor on the cell file.
  public struct TrackedParameter: Sendable, Hashable {
    /// Which one.
    public var name: ParameterName
    /// Prior sd of the log-factor.
    public var logSD: Double
    /// Random walk of the log-factor, per square root of an hour; so that it never freezes.
    public var driftPerRootHour: Double

    /// A tracked parameter from its parts.
    public init(_ name: ParameterName, logSD: Double = 0.1, driftPerRootHour: Double = 0.002) {
      self.name = name
      self.logSD = logSD
      self.driftPerRootHour = driftPerRootHour
    }
  }

  /// Which filter carries the state.
  public var filter = FilterKind.extended
  /// Which model it carries.
  public var model = FilterModel.spme
  /// Of the particle filter.
  public var particles = ParticleSettings()
  /// Mesh of the filter's own model.
  public var mesh = SPMe.MeshName.coarse
  /// Parameters tracked.
  public var parameters: [TrackedParameter] = [
    TrackedParameter(.negativeReactionRateConstant),
    TrackedParameter(.positiveReactionRateConstant),
    TrackedParameter(.negativeDiffusivity),
    TrackedParameter(.positiveDiffusivity),
    TrackedParameter(.electrolyteDiffusivity),
    TrackedParameter(.electrolyteConductivity),
    TrackedParameter(.heatTransferCoefficient),
  ]

  /// Directions in which an unscented filter lets the model's own state be uncertain, given all else: charge,
  /// balance, temperature, and what the shunt's noise moves in the particles. Four of them give all bands to
  /// 1 % (`ReducedRankTests`).
  public var physicalRank = 4

  /// Activation energy of every tracked parameter that follows Arrhenius, J/mol, sd: a cell away from its file's
  /// reference temperature is known so much less.
  public var activationEnergySD = 0.0

  /// State of charge at the start, 0..1; the cell is taken to be at rest.
  public var stateOfCharge = 0.5
  /// Its sd.
  public var stateOfChargeSD = 0.05
  /// Stoichiometry of the positive electrode off the line that joins the cell's limits.
  public var balanceSD = 0.002
  /// Cell temperature at the start against the first reading, K.
  public var temperatureSD = 0.5
  /// Series resistance on top of the cell file's, Ohm.
  public var contactResistanceSD = 3e-3
  /// Offset of the negative open-circuit potential, V. It moves the separator potential by as much,
  /// and the cell's voltage hardly tells it from the positive one: its sd stays in every margin.
  public var negativeOffsetSD = 2e-3
  /// Offset of the positive open-circuit potential and of the voltmeter together, V.
  public var positiveOffsetSD = 2.25e-3
  /// What is known of the cell's constants from earlier records; takes the place of the sd above of those
  /// that it holds, of `balanceSD` when it holds the inventory. nil: nothing.
  public var constants: ConstantsBelief?

  /// Voltage that the model cannot explain: stationary sd of a first-order Gauss-Markov process, V.
  public var discrepancySD = 1.5e-3
  /// Charge by which the cell's open-circuit curve may be shifted against the file's: adds to the discrepancy
  /// what that is in volts where the curve is as steep as it is.
  public var curveShiftSD = 0.0
  /// Share of the overpotential (voltage under current against that at rest) by which a model of another
  /// specimen, or far from where it was fitted, is off from one sample to another; counts as noise of the reading.
  public var overpotentialError = 0.0
  /// The discrepancy's correlation time, s.
  public var discrepancyTime = 600.0
  /// Separator potential that the model cannot explain, V; added to its variance, not estimated. An
  /// SPMe that follows a DFN's voltage is off by 6 to 10 mV rms in a 1.2C charge at 10 degC (demo
  /// plant, seeds 1 to 4), optimistic at the limit.
  public var separatorDiscrepancySD = 9e-3

  /// Voltmeter, V.
  public var voltageNoise = 1e-3
  /// Reference electrode, V.
  public var referenceNoise = 2e-3
  /// Shunt, A, independent from sample to sample. Enters the physical state through df/dI, so that
  /// what it moves between the electrodes is lithium, and conserved.
  public var currentNoise = 5e-3
  /// Constant offset of the shunt, A; tracked.
  public var currentOffsetSD = 2e-3
  /// Relative error of the shunt's scale; tracked.
  public var currentScaleSD = 1e-3
  /// Thermometers, K.
  public var temperatureNoise = 0.1
  /// Constant offset of each thermometer, K; tracked.
  public var temperatureOffsetSD = 0.25
  /// Constant offset of the ambient sensor, K; tracked.
  public var ambientOffsetSD = 0.25
  /// Random walk of the state of charge per square root of an hour: side reactions, leakage.
  public var stateOfChargeDrift = 1e-4
  /// Random walk of the temperature, K per square root of a second: heat that the model lacks.
  public var temperatureDrift = 2e-3

  /// Largest difference, s, between the instants at which voltage and current of one sample were taken; where
  /// the current moves the voltage counts for so much less.
  public var skewSpread = 0.05
  /// How long after an edge of the current no fault of a voltage is concluded, s: kinetics and diffusion of a
  /// model that is off show there.
  public var settlingTime = 0.0
  /// Sum of five innovations of a sensor, in its sd, that is a fault and no chance; more where the model is
  /// off at times by more than it says.
  public var faultLimit = 6.5
  /// A reading further than this many sd from its prediction is not assimilated: 7 of a million good ones.
  public var gate = 4.5
  /// How long nothing but gated voltages is believed to be the voltmeter's doing, s. From then on each is taken in
  /// with as much noise as puts it on the gate, in place of not at all: that bounds an outlier's pull (P. J. Huber,
  /// Ann. Math. Stat. 35 (1964) 73) and still follows a cell that the model is off by more than it says.
  public var gatePatience = Double.infinity
  /// Longest step of the model; longer gaps are split, s.
  public var longestStep = 10.0
  /// sd of the state of charge after a restart.
  public var restartStateOfChargeSD = 0.1

  /// The defaults.
  public init() {}

  /// What an activation energy that is off makes of a parameter at a temperature, K: sd of its factor's
  /// logarithm, |E/R (1/Tref - 1/T)|.
  public func activationSD(
    of name: ParameterName, _ cell: CellParameters, at temperature: Double
  ) -> Double {
    guard name.followsArrhenius else { return 0 }
    return abs(
      activationEnergySD / PhysicalConstants.gas
        * (1 / cell.referenceTemperature - 1 / temperature))
  }

  /// Stationary sd of the discrepancy, V, where the open-circuit voltage has a slope, V per unit of charge.
  func discrepancySD(slope: Double) -> Double {
    let shift = curveShiftSD * slope
    return (discrepancySD * discrepancySD + shift * shift).squareRoot()
  }

  /// For a record of some cell of the file's type: wider in parameters, balance and offsets, and with a
  /// discrepancy for open-circuit curves that are another specimen's. Chosen on records of LG M50 and LG HG2
  /// cells from -10 to 45 degC for what it says ten minutes ahead and for not losing the cell in the cold. At
  /// 25 degC it is too careful: normalised squared innovations average 0.1, and neighbours go together.
  public static var unfamiliarCell: EstimatorConfiguration {
    var configuration = EstimatorConfiguration()
    for index in configuration.parameters.indices { configuration.parameters[index].logSD = 0.15 }
    configuration.activationEnergySD = 8e3
    configuration.overpotentialError = 0.03
    configuration.balanceSD = 0.01
    configuration.contactResistanceSD = 0.01
    configuration.negativeOffsetSD = 5e-3
    configuration.positiveOffsetSD = 5e-3
    configuration.discrepancySD = 15e-3
    configuration.curveShiftSD = 8e-3
    configuration.discrepancyTime = 3600
    configuration.temperatureNoise = 0.2
    configuration.temperatureDrift = 0.02
    configuration.faultLimit = 15
    configuration.settlingTime = 30
    configuration.gatePatience = 60
    configuration.currentScaleSD = 5e-3
    // Whose meter may be quieter at rest than its noise says.
    configuration.particles.stuckSensor?.repeatEvidence = 0
    return configuration
  }
}
