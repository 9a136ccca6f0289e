/// All readings of one scan: what the envelope judges and the twin assimilates.
///
/// A plain value of fixed size: building one allocates nothing.
public struct Sample: Sendable {
  /// Number of thermometer channels that may be mapped to the cell's surface.
  public static let surfaceCapacity = 4
  /// Number of inputs of the coil circuit that may be wired.
  public static let interlockCapacity = 8

  /// Scan number, from 0.
  public var scan: Int
  /// Time of the scan on the run's pace clock, from the start of the run.
  public var time: Seconds
  /// The same instant as unix time; made from one monotonic base, so that both clocks never part.
  public var unixTime: Double
  /// Voltage at the cell's tabs, by the bench's own meter.
  public var cellVoltage: Reading<Volts>
  /// Current through the shunt, positive when it charges the cell.
  public var current: Reading<Amperes>
  /// Surface temperatures; only the first `surfaceCount` are mapped.
  public var surface: InlineArray<4, Reading<Celsius>>
  /// How many of `surface` are mapped.
  public var surfaceCount: Int
  /// Ambient temperature.
  public var ambient: Reading<Celsius>
  /// What the supply says of itself.
  public var source: TerminalReadings
  /// What the load says of itself.
  public var load: TerminalReadings
  /// What the contactor says of itself, where it can.
  public var contactorClosed: Reading<Bool>
  /// Whether it can.
  public var contactorIsRead: Bool

  /// Inputs in the coil circuit (E-stop, door, smoke, fan, mains), true when it may close; only the first
  /// `interlockCount` are wired.
  public var interlocks: InlineArray<8, Reading<Bool>>
  /// How many of `interlocks` are wired.
  public var interlockCount: Int

  /// An empty sample: everything missing.
  public init(scan: Int, time: Seconds, unixTime: Double) {
    self.scan = scan
    self.time = time
    self.unixTime = unixTime
    cellVoltage = .missing(at: time)
    current = .missing(at: time)
    surface = .init(repeating: .missing(at: time))
    surfaceCount = 0
    ambient = .missing(at: time)
    source = TerminalReadings(at: time)
    load = TerminalReadings(at: time)
    contactorClosed = Reading(false, at: time, quality: .missing)
    contactorIsRead = false
    interlocks = .init(repeating: Reading(false, at: time, quality: .missing))
    interlockCount = 0
  }

  /// Mean of the valid surface temperatures, or nil when none is valid.
  public var surfaceMean: Celsius? {
    var sum = 0.0
    var count = 0
    for index in 0..<surfaceCount {
      guard let valid = surface[index].valid else { continue }
      sum += valid.value
      count += 1
    }
    return count > 0 ? Celsius(sum / Double(count)) : nil
  }
}
