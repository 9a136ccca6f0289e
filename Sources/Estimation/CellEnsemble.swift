import Electrochemistry
import Kernels

/// A `CellWorld` without derivatives: its members side by side. Same state, same noise, same outputs; the
/// shunt's noise is a noise input.
package struct CellEnsemble<Members: CellMembers>: EnsembleModel {
  package typealias Input = CellInput

  let configuration: EstimatorConfiguration
  let layout: FilterLayout
  package let sizes: [Double]
  package let rank: Int
  private let members: Members
  private let heating: Double
  private let chargeDirection: [Double]
  private let curveSlope: CurveSlope
  /// Stationary sd of the discrepancy at the centre's charge, V.
  private(set) var discrepancySD = 0.0
  private var currents: [Double]
  private var ambients: [Double]

  package var dimension: Int { layout.count }
  package var outputCount: Int { FilteredOutput.allCases.count + layout.thermometers.count }
  package var ownDirections: Range<Int> { layout.physical.upperBound..<layout.count }
  package var noiseCount: Int { 1 }
  /// The charge, the temperature, the parameters, the discrepancy.
  package var additiveCount: Int { layout.parameters.count + 3 }

  /// - Parameters:
  ///   - count: members; nil for those that an unscented filter draws.
  ///   - members: makes that many.
  package init(_ world: any CellWorld, count: Int? = nil, members: (Int) -> Members) {
    configuration = world.configuration
    layout = world.layout
    sizes = world.sizes
    heating = world.heating
    chargeDirection = world.unitOfCharge
    curveSlope = CurveSlope(world, voltage: world.restedVoltage(stateOfCharge:))
    rank = min(layout.count, layout.ownCount + configuration.physicalRank)
    let count = count ?? 1 + 2 * (rank + 1)
    self.members = members(count)
    currents = Array(repeating: 0, count: count)
    ambients = currents
  }

  package mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int,
    input: CellInput, duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    // Over one step the charge counts, and the mean carries it.
    let reading = 0.5 * (input.current + (input.currentAtStart ?? input.current))
    try drive(states, noise, count, reading: reading, ambient: input.ambient)
    do {
      try members.advance(
        states, stride: layout.count, factors: layout.parameters.lowerBound, count: count,
        currents: currents, ambients: ambients, duration: duration, failed: failed)
    } catch { throw EstimationError(.model, "model, step of \(duration) s: \(error)") }
    discrepancySD = configuration.discrepancySD(slope: curveSlope(states))
    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    for member in 0..<count {
      let state = states + member * layout.count
      // The extra resistance heats too.
      state[layout.temperature] +=
        state[layout.resistance] * heating * currents[member] * currents[member] * duration
      state[layout.discrepancy] *= retention
    }
  }

  package func additiveNoise(
    _ factor: UnsafeMutablePointer<Double>, input: CellInput, duration: Double
  ) {
    let c = configuration
    let width = additiveCount
    let charge = c.stateOfChargeDrift * (duration / 3600).squareRoot()
    for i in layout.physical { factor[i * width] = chargeDirection[i] * charge }
    factor[layout.temperature * width + 1] = c.temperatureDrift * duration.squareRoot()
    for (place, index) in layout.parameters.enumerated() {
      factor[index * width + 2 + place] =
        c.parameters[place].driftPerRootHour * (duration / 3600).squareRoot()
    }
    let retention = Double.exponential(-duration / c.discrepancyTime)
    factor[layout.discrepancy * width + width - 1] =
      discrepancySD * max(0, 1 - retention * retention).squareRoot()
  }

  package mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: CellInput,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    let reading = input.steadyCurrent ?? input.current
    try drive(states, noise, count, reading: reading, ambient: input.ambient)
    do {
      try members.observe(
        states, stride: layout.count, factors: layout.parameters.lowerBound, count: count,
        currents: currents, ambients: ambients, outputs: outputs, width: outputCount,
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
        row[FilterLayout.thermometer(number)] =
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
    guard count <= currents.count else {
      throw EstimationError(.input, "ensemble of \(count), made for \(currents.count)")
    }
    for member in 0..<count {
      let state = states + member * layout.count
      let own = reading + noise[member] * configuration.currentNoise
      currents[member] = layout.flowing(own, state)
      ambients[member] = ambient - state[layout.ambientOffset]
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
