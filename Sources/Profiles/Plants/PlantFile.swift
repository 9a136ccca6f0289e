public import Electrochemistry
public import Quantities

/// What stands behind a rig's instruments, as its file says: `profiles/plants/*.toml`. Only the rig
/// reads it. Every `sd` is a spread that the rig draws from once per run, by its seed.
public struct PlantFile: Sendable {
  /// The file as it was named.
  public var path: String
  /// The cell whose parameters are drawn around.
  public var cell: FileReference
  /// Everything drawn, and every sensor error, is off: the plant is what the twin believes.
  public var truthEqualsBelief: Bool
  /// Which model the plant is, and how finely.
  public var model: PlantModel
  /// The true state of charge at the start: mean and standard deviation, 0..1.
  public var stateOfCharge: Drawn
  /// Ambient temperature at the start.
  public var ambient: Celsius
  /// Standard deviation of the natural logarithm of the factor on each parameter.
  public var parameterSpread: [ParameterName: Double]
  /// Ohm, in series with the cell, inside the meter's sense points: mean and standard deviation.
  public var contactResistance: Drawn
  /// Standard deviation of a constant added to the open-circuit potential, V.
  public var negativeOpenCircuitPotentialSpread: Double
  /// Standard deviation of a constant added to the open-circuit potential, V.
  public var positiveOpenCircuitPotentialSpread: Double
  /// Errors of the readings, by `instrument.value`, as in `meter.cell_voltage`: the instrument by
  /// its name on the bench, the value by its name in the instrument's profile.
  public var sensors: [String: PlantSensor]
  /// Between the cell's tabs and the terminals of source and load, both ways, outside the meter's
  /// sense points.
  public var leadResistance: Ohms
  /// From the contactor's command to its open contacts.
  public var contactorRelease: Seconds
  /// What re-arming does while the contactor is closed by an earlier one; nil: as its device does.
  public var contactorRetrigger: Retrigger?
  /// First-order lag of the chamber.
  public var chamberTimeConstant: Seconds
  /// Instruments served on a TCP port as well.
  public var tcp: [String]
  /// What is particular about an instrument's firmware, by its name on the bench.
  public var devices: [String: PlantDevice]

  /// What re-arming does while the contactor is closed by an earlier one.
  public enum Retrigger: String, Sendable, Hashable, CaseIterable {
    /// The time starts anew.
    case restarts
    /// The first time runs out all the same.
    case ignored
  }
}

/// A number drawn once per run from a normal distribution.
public struct Drawn: Sendable, Hashable {
  /// Mean.
  public var mean: Double
  /// Standard deviation.
  public var sd: Double

  /// From its two moments.
  public init(_ mean: Double, sd: Double) {
    self.mean = mean
    self.sd = sd
  }
}

/// The plant's model.
public struct PlantModel: Sendable, Hashable {
  /// Which equations.
  public enum Name: String, Sendable, Hashable, CaseIterable {
    /// The twin's own kind.
    case spme
    /// What the twin's model only approximates.
    case dfn
  }

  /// Which equations.
  public var name: Name
  /// How finely space is divided.
  public var mesh: SPMe.MeshName
  /// How heat is treated.
  public var thermal: SPMe.Thermal
  /// Longest time between two solutions of the circuit around the cell.
  public var internalStep: Seconds
}

/// Errors of one reading; offset and scale are drawn once per run.
public struct PlantSensor: Sendable, Hashable {
  /// Noise, offset, scale and resolution, one standard deviation each.
  public var accuracy = SensorAccuracy(noise: 0, offset: 0)
  /// Age of what is read.
  public var latency = Seconds(0)
}

/// What firmwares of one device disagree about: a Kunkin KP184's, so far.
public struct PlantDevice: Sendable, Hashable {
  /// In which order a frame's checksum is sent.
  public enum ChecksumOrder: String, Sendable, Hashable, CaseIterable {
    /// As manual and captures have it.
    case highFirst = "high-first"
    /// As Modbus has it.
    case lowFirst = "low-first"
  }

  /// How long the acknowledgement of a write is, bytes.
  public enum Acknowledgement: Int, Sendable, Hashable, CaseIterable {
    case eight = 8
    case nine = 9
    case thirteen = 13
  }

  /// Nil: the device's own.
  public var checksum: ChecksumOrder?
  /// Nil: the device's own.
  public var acknowledgement: Acknowledgement?

  /// A device as most are.
  public init() {}
}
