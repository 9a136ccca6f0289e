public import Instruments
public import Quantities

/// Which instrument plays which role, and which value is which reading.
public struct BenchWiring: Sendable {
  /// One port and its instruments, by index into the bench's list.
  public struct Port: Sendable {
    /// Name for messages and threads.
    public var name: String
    /// Indices of its instruments.
    public var instruments: [Int]

    /// A port from its parts.
    public init(name: String, instruments: [Int]) {
      self.name = name
      self.instruments = instruments
    }
  }

  /// The values in which a supply or a load tells about itself.
  public struct Terminal: Sendable {
    /// The instrument's index.
    public var instrument: Int
    /// Voltage at its terminals.
    public var voltage: Channel?
    /// Magnitude of its current.
    public var current: Channel?
    /// Output or input on.
    public var isOn: Channel
    /// Its own protection tripped; any of these not zero.
    public var protection: [Channel]

    /// A terminal from its parts.
    public init(
      instrument: Int, voltage: Channel?, current: Channel?, isOn: Channel, protection: [Channel]
    ) {
      self.instrument = instrument
      self.voltage = voltage
      self.current = current
      self.isOn = isOn
      self.protection = protection
    }
  }

  /// Ports in the bench's order.
  public var ports: [Port]
  /// The supply.
  public var source: Terminal
  /// The load.
  public var load: Terminal
  /// Index of the contactor and how long each re-arming holds it closed.
  public var contactor: Int
  /// Time for which one re-arming keeps the contactor closed.
  public var hold: Seconds
  /// The contactor's state, where it can be read.
  public var contactorState: Channel?
  /// The pace device; nil on a bench that runs on the monotonic clock.
  public var pace: Int?
  /// The chamber, where there is one.
  public var chamber: Int?
  /// Voltage at the cell's tabs.
  public var cellVoltage: Channel
  /// Current through the shunt.
  public var current: Channel
  /// Surface temperatures, at most `Sample.surfaceCapacity`.
  public var surface: [Channel]
  /// Ambient temperature.
  public var ambient: Channel?
  /// Inputs of the coil circuit, at most `Sample.interlockCapacity`, not zero when it may close.
  public var interlocks: [Channel]
  /// Ceiling of the supply's own voltage set-point (S17: cell maximum plus bounded lead drop).
  public var sourceCeiling: Volts

  /// Index of the instrument with the alarm output, where there is one.
  public var alarm: Int?

  /// One instrument is supply and load.
  public var isBidirectional: Bool { source.instrument == load.instrument }

  /// A wiring from its parts.
  public init(
    ports: [Port], source: Terminal, load: Terminal, contactor: Int, hold: Seconds,
    contactorState: Channel?, pace: Int?, chamber: Int?, cellVoltage: Channel, current: Channel,
    surface: [Channel], ambient: Channel?, interlocks: [Channel], sourceCeiling: Volts,
    alarm: Int? = nil
  ) {
    self.ports = ports
    self.source = source
    self.load = load
    self.contactor = contactor
    self.hold = hold
    self.contactorState = contactorState
    self.pace = pace
    self.chamber = chamber
    self.cellVoltage = cellVoltage
    self.current = current
    self.surface = surface
    self.ambient = ambient
    self.interlocks = interlocks
    self.sourceCeiling = sourceCeiling
    self.alarm = alarm
  }
}
