/// A value of an instrument, as `meter.cell_voltage`.
public struct ReadingReference: Sendable, Hashable, CustomStringConvertible {
  /// The instrument's name on the bench.
  public var instrument: String
  /// The value's name in the instrument's profile.
  public var value: String
  /// Line in the bench file.
  public var line: Int

  /// As written.
  public var description: String { "\(instrument).\(value)" }
}

/// Which reading of a bench is what.
public struct BenchReadings: Sendable, Hashable {
  /// Voltage at the cell's tabs.
  public var cellVoltage: ReadingReference
  /// Current through the cell.
  public var current: ReadingReference
  /// Surface temperatures, one to `Sample.surfaceCapacity`.
  public var surfaceTemperature: [ReadingReference]
  /// Ambient temperature; nil: none is measured.
  public var ambientTemperature: ReadingReference?
  /// Inputs of the coil circuit (E-stop, door, smoke, fan, mains), not zero when it may close.
  public var interlocks: [ReadingReference]
}

/// What is known of one kind of sensor, one standard deviation each, in SI units (kelvin for
/// temperatures).
public struct SensorAccuracy: Sendable, Hashable {
  /// From sample to sample.
  public var noise: Double
  /// Constant over a run.
  public var offset: Double
  /// Constant over a run, as a fraction of the reading.
  public var scale: Double
  /// The smallest step.
  public var resolution: Double

  /// From its parts.
  public init(noise: Double, offset: Double, scale: Double = 0, resolution: Double = 0) {
    self.noise = noise
    self.offset = offset
    self.scale = scale
    self.resolution = resolution
  }
}

/// What is known of a bench's sensors.
public struct BenchAccuracy: Sendable, Hashable {
  /// Of the cell voltage, V.
  public var voltage = SensorAccuracy(noise: 0.001, offset: 0.001)
  /// Of the current, A.
  public var current = SensorAccuracy(noise: 0.005, offset: 0, scale: 0.001)
  /// Of the temperatures, K.
  public var temperature = SensorAccuracy(noise: 0.1, offset: 0.2, resolution: 0.1)
}
