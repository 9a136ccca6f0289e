public import Quantities

/// What the monitor holds against the sample beside the envelope's limits. Every figure is the bench's
/// or the cell's own; none comes from a model.
public struct MonitorRules: Sendable, Hashable {
  /// Cross-checks between instruments (S5, S16).
  public var plausibility: PlausibilityRules
  /// Signs of a runaway (S12).
  public var runaway: RunawayRules
  /// Deep discharge (S11).
  public var precharge: PrechargeRules

  /// Rules from their parts.
  public init(
    plausibility: PlausibilityRules = PlausibilityRules(), runaway: RunawayRules = RunawayRules(),
    precharge: PrechargeRules
  ) {
    self.plausibility = plausibility
    self.runaway = runaway
    self.precharge = precharge
  }
}

/// How far instruments may disagree, and for how long (S5, S16).
public struct PlausibilityRules: Sendable, Hashable {
  /// A disagreement counts once it was seen in so many samples in a row...
  public var samples = 3
  /// ...and for so long: readings of one scan are not of one instant, and an edge of the current parts
  /// them until the slower instrument has measured anew.
  public var persistence = Seconds(2)
  /// Time that the current may take to follow its set-point.
  public var settling = Seconds(2)
  /// Largest voltage between a device's terminals and the cell's tabs at full current, by the leads.
  public var leadDrop = Volts(0.25)
  /// Voltage of a blocking diode in the supply's branch; zero where there is none.
  public var diodeDrop = Volts(0)
  /// Whether the supply reads the voltage at its terminals.
  public var supplyReadsVoltage = true
  /// The same of the load.
  public var loadReadsVoltage = true
  /// Errors of two voltmeters together.
  public var voltageTolerance = Volts(0.1)
  /// Errors of two ammeters together: a constant...
  public var currentTolerance = Amperes(0.15)
  /// ...and a part of the larger current.
  public var currentRatio = 0.05
  /// Largest difference between thermometers on one cell.
  public var temperatureSpread = Kelvins(10)
  /// A reading that repeats itself exactly for so long is frozen.
  public var frozenAfter = Seconds(60)
  /// Whether noise moves the voltage from scan to scan, so that exact repetition means something.
  public var voltageMoves = false
  /// The same of the current.
  public var currentMoves = false
  /// The same of the temperatures.
  public var temperatureMoves = false

  /// The defaults; change what the bench knows better.
  public init() {}
}

/// Signs of a runaway that need no model (S12).
public struct RunawayRules: Sendable, Hashable {
  /// Rise of temperature beyond what I^2 R explains, K/s: 1 K/min.
  public var heating = KelvinsPerSecond(1.0 / 60)
  /// The cell's resistance, generous: what it explains is not held against it.
  public var resistance = Ohms(0)
  /// The cell's heat capacity, meagre.
  public var heatCapacity = JoulesPerKelvin(50)
  /// How far the thermometers of cell and air may differ...
  public var ambientMargin = Kelvins(2)
  /// ...and how quickly a cell takes the air's temperature at most: heat capacity over the conductance to
  /// moving air, s. What warmer air explains is their difference over this.
  public var ambientTime = Seconds(300)
  /// Rise of temperature without current, K/s: 0.3 K/min.
  public var restHeating = KelvinsPerSecond(0.3 / 60)
  /// Fall of voltage without current, V/s.
  public var restFall = VoltsPerSecond(0.0005)
  /// Time without current before the two above are judged: the core's heat has reached the surface and
  /// relaxation has slowed.
  public var restSettling = Seconds(300)
  /// Noise of a surface temperature, one standard deviation: what it may do to a slope counts for nothing.
  public var temperatureNoise = Kelvins(0)
  /// The same of the cell's voltage.
  public var voltageNoise = Volts(0)
  /// Fall of voltage from one sample to the next that no change of current explains.
  public var suddenDrop = Volts(0.1)
  /// What a fall may add for each second between two samples, V/s: the knee of a discharge.
  public var knee = VoltsPerSecond(0.05)
  /// Voltage that one ampere of change explains, V/A.
  public var stepResistance = Ohms(0.2)

  /// The defaults; change what the cell's limits file knows better.
  public init() {}
}

/// What the cell's voltage must be when it is first seen, before any current (S17), and what may be done
/// with a cell that is found below its window (S11).
public struct PrechargeRules: Sendable, Hashable {
  /// The chemistry's window of open-circuit voltage.
  public var openCircuit: ClosedRange<Volts>
  /// How far above it the meter may read.
  public var tolerance = Volts(0.02)
  /// Found below this it is never charged again.
  public var refuseBelow: Volts
  /// Below this the cell is reversed, shorted or absent.
  public var absentBelow = Volts(0.5)
  /// Largest current until the window's lower end is reached: C/20 at most.
  public var current: Amperes
  /// Within this time it must be reached.
  public var time: Seconds

  /// Rules from their parts.
  public init(
    openCircuit: ClosedRange<Volts>, refuseBelow: Volts, current: Amperes,
    time: Seconds = Seconds(3600)
  ) {
    self.openCircuit = openCircuit
    self.refuseBelow = refuseBelow
    self.current = current
    self.time = time
  }
}
