import Electrochemistry
import Kernels

/// `AugmentedSPMe` without derivatives: its members side by side, eight to a lane. Same state, same noise,
/// same outputs; the shunt's noise is a noise input.
package struct SPMeEnsemble: EnsembleModel {
  package typealias Input = CellInput

  let world: AugmentedSPMe
  private let lanes: SPMeLanes
  private var currents: [Double]
  private var ambients: [Double]

  package var dimension: Int { world.layout.count }
  package var outputCount: Int { world.outputCount }
  package var noiseCount: Int { 1 }
  /// The charge, the temperature, the parameters, the discrepancy.
  package var additiveCount: Int { world.layout.parameters.count + 3 }

  /// - Parameter members: how many; nil: the points of an unscented filter.
  package init(_ world: AugmentedSPMe, members: Int? = nil) {
    self.world = world
    let count = members ?? 1 + 2 * (world.layout.count + 1)
    lanes = SPMeLanes(
      world.model, count: count, parameters: world.configuration.parameters.map(\.name))
    currents = Array(repeating: 0, count: count)
    ambients = currents
  }

  package mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int,
    input: CellInput, duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    let layout = world.layout
    // Over one step the charge counts, and the mean carries it.
    let reading = 0.5 * (input.current + (input.currentAtStart ?? input.current))
    try drive(states, noise, count, reading: reading, ambient: input.ambient)
    lanes.load(states, stride: layout.count, factors: layout.parameters.lowerBound)
    do {
      try lanes.step(currents: currents, ambients: ambients, duration: duration)
    } catch { throw EstimationError(.model, "model, step of \(duration) s: \(error)") }
    lanes.store(states, stride: layout.count, failed: failed)
    let retention = Double.exponential(-duration / world.configuration.discrepancyTime)
    for member in 0..<count {
      let state = states + member * layout.count
      // The extra resistance heats too.
      state[world.model.layout.temperature] +=
        state[layout.resistance] * world.heating * currents[member] * currents[member] * duration
      state[layout.discrepancy] *= retention
    }
  }

  package func additiveNoise(
    _ factor: UnsafeMutablePointer<Double>, input: CellInput, duration: Double
  ) {
    let (layout, c) = (world.layout, world.configuration)
    let width = additiveCount
    let charge = c.stateOfChargeDrift * (duration / 3600).squareRoot()
    for i in layout.physical { factor[i * width] = world.chargeDirection[i] * charge }
    factor[world.model.layout.temperature * width + 1] = c.temperatureDrift * duration.squareRoot()
    for (place, index) in layout.parameters.enumerated() {
      factor[index * width + 2 + place] =
        c.parameters[place].driftPerRootHour * (duration / 3600).squareRoot()
    }
    let retention = Double.exponential(-duration / c.discrepancyTime)
    factor[layout.discrepancy * width + width - 1] =
      c.discrepancySD * max(0, 1 - retention * retention).squareRoot()
  }

  package mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: CellInput,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    let layout = world.layout
    let reading = input.steadyCurrent ?? input.current
    try drive(states, noise, count, reading: reading, ambient: input.ambient)
    lanes.load(states, stride: layout.count, factors: layout.parameters.lowerBound)
    do {
      try lanes.outputs(
        currents: currents, ambients: ambients, into: outputs, stride: outputCount,
        failed: failed)
    } catch { throw EstimationError(.model, "model, outputs: \(error)") }
    for member in 0..<count {
      let state = states + member * layout.count
      let row = outputs + member * outputCount
      row[FilteredOutput.voltage.rawValue] +=
        state[layout.positiveOffset] - state[layout.negativeOffset] + state[layout.discrepancy]
        + currents[member] * state[layout.resistance]
      row[FilteredOutput.negativePotentialAtSeparator.rawValue] += state[layout.negativeOffset]
      for (number, offset) in layout.thermometers.enumerated() {
        row[AugmentedSPMe.thermometer(number)] =
          row[FilteredOutput.temperature.rawValue] + state[offset]
      }
    }
    extend(outputs, count, by: input.current - reading)
  }

  /// Current and ambient of each member.
  private mutating func drive(
    _ states: UnsafePointer<Double>, _ noise: UnsafePointer<Double>, _ count: Int,
    reading: Double, ambient: Double
  ) throws(EstimationError) {
    guard count == currents.count else {
      throw EstimationError(.input, "ensemble of \(count), made for \(currents.count)")
    }
    for member in 0..<count {
      let state = states + member * world.layout.count
      let own = reading + noise[member] * world.configuration.currentNoise
      currents[member] = world.flowing(own, state)
      ambients[member] = ambient - state[world.layout.ambientOffset]
    }
  }

  /// From the current at which the outputs were taken to the one read: along the slope of the noise's pair,
  /// which is the last.
  private func extend(_ outputs: UnsafeMutablePointer<Double>, _ count: Int, by excess: Double) {
    let (plus, minus) = (count - 2, count - 1)
    let distance = currents[plus] - currents[minus]
    guard excess != 0, distance > 0 else { return }
    for index in FilteredOutput.allCases.indices {
      let slope =
        (outputs[plus * outputCount + index] - outputs[minus * outputCount + index]) / distance
      for member in 0..<count { outputs[member * outputCount + index] += slope * excess }
    }
  }
}
