import Electrochemistry
import Kernels
import Quantities

/// What the world does to a bench: spread of the cell, errors of the sensors. All sd.
struct WorldSpread {
  /// Multiplies the spread of every parameter.
  var logFactorScale = 1.0
  var openCircuitOffset = 2e-3
  var contactResistanceMean = 3e-3
  var contactResistance = 1e-3
  var stateOfCharge = 0.02
  var voltageNoise = 1e-3
  var voltageOffset = 1e-3
  var currentNoise = 5e-3
  var currentScale = 1e-3
  var temperatureNoise = 0.1
  var temperatureOffset = 0.2
  var temperatureResolution = 0.1
}

/// A simulated cell on a bench: SPMe on the fine mesh with drawn parameters, and sensors that err.
struct VirtualCell {
  /// sd of the log-factors, as in the shipped demo plant.
  static let drawn: [(name: ParameterName, sd: Double)] = [
    (.negativeDiffusivity, 0.08), (.negativeReactionRateConstant, 0.08),
    (.positiveDiffusivity, 0.08), (.positiveReactionRateConstant, 0.08),
    (.electrolyteDiffusivity, 0.05), (.electrolyteConductivity, 0.05),
    (.heatTransferCoefficient, 0.1),
  ]

  let model: SPMe
  /// True factors on the cell file.
  let factors: [ParameterName: Double]
  let workspace: SPMeWorkspace
  private var state: [Double]
  private(set) var time = 0.0
  private(set) var scan = 0
  private(set) var truth: CellOutputs
  private(set) var current = 0.0
  private var random: RandomStream
  private let spread: WorldSpread
  private let voltageOffset: Double
  private let currentScale: Double
  private let thermometerOffsets: [Double]

  init(
    _ cell: CellParameters, seed: UInt64, stateOfCharge: Double, celsius: Double,
    spread: WorldSpread = WorldSpread(), mesh: SPMe.MeshName = .fine
  ) throws {
    var random = RandomStream(seed: seed, stream: 7)
    var factors: [ParameterName: Double] = [:]
    for (name, sd) in Self.drawn {
      factors[name] = Double.exponential(spread.logFactorScale * sd * random.gaussian())
    }
    let resistance = max(
      0, spread.contactResistanceMean + spread.contactResistance * random.gaussian())
    self.factors = factors
    let plant = cell.scaled(factors)
      .withContactResistance(resistance)
      .offsettingOpenCircuitPotential(
        negative: spread.openCircuitOffset * random.gaussian(),
        positive: spread.openCircuitOffset * random.gaussian())
    model = SPMe(plant, mesh: mesh, thermal: .lumped)
    workspace = model.makeWorkspace()
    let soc = stateOfCharge + spread.stateOfCharge * random.gaussian()
    state = model.rest(stateOfCharge: soc, temperature: celsius + 273.15)
    truth = try model.outputs(state, current: 0, ambient: celsius + 273.15)
    voltageOffset = spread.voltageOffset * random.gaussian()
    currentScale = spread.currentScale * random.gaussian()
    thermometerOffsets = (0..<3).map { _ in spread.temperatureOffset * random.gaussian() }
    self.random = random
    self.spread = spread
  }

  /// One second of `current` at `ambient`, degC; returns the lowest true separator potential in it.
  mutating func advance(current: Double, ambient: Double) throws -> Double {
    let kelvin = ambient + 273.15
    let start = try model.outputs(state, current: current, ambient: kelvin)
    try model.step(
      &state, current: current, ambient: kelvin, duration: 1, workspace: workspace)
    truth = try model.outputs(state, current: current, ambient: kelvin)
    self.current = current
    time += 1
    scan += 1
    return min(start.negativePotentialAtSeparator, truth.negativePotentialAtSeparator)
  }

  /// What the sensors say now.
  mutating func sample(ambient: Double) -> Sample {
    let now = Seconds(time)
    var sample = Sample(scan: scan, time: now, unixTime: time)
    sample.cellVoltage = Reading(
      Volts(truth.voltage + voltageOffset + spread.voltageNoise * random.gaussian()), at: now)
    sample.current = Reading(
      Amperes(current * (1 + currentScale) + spread.currentNoise * random.gaussian()), at: now)
    sample.surfaceCount = 2
    for number in 0..<2 {
      sample.surface[number] = thermometer(number, truth.temperature - 273.15, now)
    }
    sample.ambient = thermometer(2, ambient, now)
    return sample
  }

  private mutating func thermometer(
    _ number: Int, _ celsius: Double, _ now: Seconds
  ) -> Reading<Celsius> {
    let noisy = celsius + thermometerOffsets[number] + spread.temperatureNoise * random.gaussian()
    let step = spread.temperatureResolution
    return Reading(Celsius((noisy / step).rounded() * step), at: now)
  }
}
