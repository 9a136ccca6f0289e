import DigitalTwin
import Electrochemistry
import Estimation
import Prescription
import Quantities
import Records

/// The demo's campaign without buses: a twin and a virtual cell in lockstep at 1 s.
struct VirtualDemo {
  /// How the twin did.
  struct Score {
    var chargeSeconds = 0
    var heldFraction = 0.0
    var lowestPotential = Double.infinity
    var reachedTarget = false
    var stateOfChargeSquares = 0.0
    var worstStateOfCharge = 0.0
    var normalisedStateOfCharge = 0.0
    var potentialSum = 0.0
    var potentialSquares = 0.0
    var normalisedPotential = 0.0
    var meanPotentialSD = 0.0
    var count = 0
    var chargeCount = 0
    var innovations = InnovationStatistics()
    var restarts = 0
    var bindings: [ChargeDecision.Binding: Int] = [:]
    var finalStateOfCharge = 0.0
    var evaluations = 0
  }

  var plant: VirtualCell
  let twin: Twin
  /// Chamber's set-point, degC; the air follows with a time constant of 5 minutes.
  var setPoint = 25.0
  var ambient = 25.0
  var score = Score()
  var estimate: Estimate

  init(
    _ cell: CellParameters, seed: UInt64, spread: WorldSpread = WorldSpread(),
    stateOfCharge: Double = 0.6, mesh: SPMe.MeshName = .fine,
    tune: (inout EstimatorConfiguration) -> Void = { _ in }
  ) throws {
    plant = try VirtualCell(
      cell, seed: seed, stateOfCharge: stateOfCharge, celsius: 25, spread: spread, mesh: mesh)
    var configuration = TwinConfiguration()
    configuration.estimator.stateOfCharge = stateOfCharge
    configuration.estimator.stateOfChargeSD = 0.02
    tune(&configuration.estimator)
    twin = Twin(cell: cell, configuration: configuration)
    estimate = try twin.assimilate(plant.sample(ambient: 25))
  }

  static let limits = ChargeLimits(
    current: Amperes(6), voltage: Volts(4.2), temperature: Celsius(45),
    platingMargin: Volts(0.01), targetStateOfCharge: StateOfCharge(0.8))

  /// One second of `current`; returns the lowest true potential in it.
  @discardableResult
  mutating func second(_ current: Double) throws -> Double {
    ambient += (setPoint - ambient) / 300
    let potential = try plant.advance(current: current, ambient: ambient)
    estimate = try twin.assimilate(plant.sample(ambient: ambient))
    guard plant.time > 600 else { return potential }
    let error = estimate.stateOfCharge.mean - plant.truth.stateOfCharge
    score.count += 1
    score.stateOfChargeSquares += error * error
    score.worstStateOfCharge = max(score.worstStateOfCharge, abs(error))
    score.normalisedStateOfCharge +=
      error * error / (estimate.stateOfCharge.sd * estimate.stateOfCharge.sd)
    return potential
  }

  mutating func hold(_ current: Double, seconds: Int) throws {
    for _ in 0..<seconds { try second(current) }
  }

  /// As the shipped demo protocol: rest, pulses, charge, 4.2 V hold, rest, C/3 discharge to 10 %.
  mutating func protocolPart() throws {
    try hold(0, seconds: 600)
    try pulses()
    let third = 5.0 / 3
    while plant.truth.voltage < 4.1 { try second(2.5) }
    while plant.truth.voltage < 4.2 { try second(third) }
    var current = third
    while current > 0.5 {
      current = max(0, min(third, current + 2 * (4.2 - plant.truth.voltage)))
      try second(current)
    }
    try hold(0, seconds: 600)
    while estimate.stateOfCharge.mean > 0.1 { try second(-third) }
  }

  /// C/2 and 1C, half a minute each, with rests.
  mutating func pulses() throws {
    for pulse in [-2.5, 2.5, -5, 5] {
      try hold(pulse, seconds: 30)
      try hold(0, seconds: 120)
    }
  }

  /// To 10 degC and rest there.
  mutating func coolDown() throws {
    setPoint = 10
    while abs(estimate.temperature.mean - 10) > 0.5 { try second(0) }
  }

  /// The closed-loop charge.
  mutating func ride() throws {
    var held = 0
    while score.chargeSeconds < 20_000 {
      let decision = try twin.ride(Self.limits, for: 1)
      score.evaluations += decision.evaluations
      guard decision.binding != .target else {
        score.reachedTarget = true
        break
      }
      score.bindings[decision.binding, default: 0] += 1
      let potential = try second(decision.current.value)
      score.chargeSeconds += 1
      score.lowestPotential = min(score.lowestPotential, potential)
      if potential >= 0.01 { held += 1 }
      let believed = estimate.negativePotentialAtSeparator
      let error = believed.mean - plant.truth.negativePotentialAtSeparator
      score.chargeCount += 1
      score.potentialSum += error
      score.potentialSquares += error * error
      score.normalisedPotential += error * error / (believed.sd * believed.sd)
      score.meanPotentialSD += believed.sd
    }
    score.heldFraction = Double(held) / Double(max(1, score.chargeSeconds))
    score.innovations = twin.innovations
    score.restarts = twin.restarts
    score.finalStateOfCharge = plant.truth.stateOfCharge
  }
}
