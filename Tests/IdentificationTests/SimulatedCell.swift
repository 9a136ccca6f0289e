import Electrochemistry
import Identification
import Kernels
import Quantities
import Simulation

/// Records of cells whose parameters are known.
enum SimulatedCell {
  static let parameters: [IdentifiedParameter] = [
    .factor(.negativeDiffusivity), .factor(.positiveDiffusivity),
    .factor(.negativeReactionRateConstant), .factor(.electrolyteDiffusivity),
    .factor(.contactResistance),
  ]

  /// At the start: where both open-circuit potentials have a slope. At one half the negative one has none, and
  /// nothing tells its diffusivity.
  static let charge = 0.25

  /// Steps of up to 1.2C either way with rests, 15 min.
  static func current(_ cell: CellParameters, seed: UInt64, ambient: Double = 298.15)
    -> CurrentRecord
  {
    var stream = RandomStream(seed: seed, stream: 3)
    let c = cell.nominalCapacity.value
    var steps: [(current: Double, duration: Double)] = []
    for _ in 0..<18 {
      steps.append((1.2 * c * (2 * stream.uniform() - 1), 30))
      steps.append((0, 20))
    }
    return CurrentRecord(steps: steps, ambient: ambient)
  }

  /// What `model` shows of a cell with these ln factors, with 1 mV and 0.05 K of noise each second.
  static func record(
    _ base: CellParameters, _ truth: [Double], model: RunModel, seed: UInt64,
    current: CurrentRecord? = nil, noise: Double = 1e-3
  ) -> IdentificationRecord {
    var factors: [ParameterName: Double] = [:]
    for (parameter, value) in zip(parameters, truth) {
      if case .factor(let name) = parameter { factors[name] = Double.exponential(value) }
    }
    let current = current ?? self.current(base, seed: seed)
    // Between the jumps: at one the current is not one number.
    let times = (0..<Int(current.duration)).map { Double($0) + 0.5 }
    let run = model.run(
      base.scaled(factors), current, from: charge, outputTimes: times, parameters: [],
      reference: base, slopes: false)
    var stream = RandomStream(seed: seed, stream: 4)
    return IdentificationRecord(
      name: "simulated", current: current, times: times,
      voltages: run.voltages.map { $0 + noise * stream.gaussian() },
      temperatures: model.thermal == .lumped
        ? run.temperatures.map { $0 + 0.05 * stream.gaussian() } : [], stateOfCharge: charge + 0.01,
      stateOfChargeSD: 0.03, voltageErrors: ErrorModel(noiseSD: noise),
      temperatureErrors: ErrorModel(noiseSD: 0.05))
  }

  static func base() throws -> CellParameters {
    try Fixture.cell("chen2020").withContactResistance(0.01)
  }
}
