import Electrochemistry
import Kernels

extension AugmentedSPMe {
  package mutating func transition(
    _ state: UnsafeMutablePointer<Double>, input: CellInput, duration: Double,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    noteSlope(state)
    let n = layout.count
    let physical = layout.physical.count
    // Over one step the charge counts, and the mean carries it.
    let reading = 0.5 * (input.current + (input.currentAtStart ?? input.current))
    let current = layout.flowing(reading, state)
    let scale = 1 + state[layout.currentScale]
    let ambient = input.ambient - state[layout.ambientOffset]
    for (place, index) in layout.parameters.enumerated() { logFactors[place] = state[index] }
    do {
      try model.linearise(
        UnsafeBufferPointer(start: state, count: physical), current: current, ambient: ambient,
        duration: duration, logFactors: logFactors, workspace: workspace, into: &step)
    } catch { throw EstimationError(.model, "model, step of \(duration) s: \(error)") }

    let parameters = layout.parameters.count
    for i in layout.physical {
      state[i] = step.next[i]
      let row = jacobian + i * n
      for j in layout.physical { row[j] = step.stateJacobian[i * physical + j] }
      for (place, j) in layout.parameters.enumerated() {
        row[j] = step.parameterJacobian[i * parameters + place]
      }
      row[layout.currentOffset] = -step.currentJacobian[i] / scale
      row[layout.currentScale] = -step.currentJacobian[i] * current / scale
      row[layout.ambientOffset] = -step.ambientJacobian[i]
    }
    // The extra resistance heats too.
    let temperature = layout.temperature
    let heat = heating * current * current * duration
    state[temperature] += state[layout.resistance] * heat
    let row = jacobian + temperature * n
    row[layout.resistance] = heat
    let slope = 2 * state[layout.resistance] * heating * current * duration
    row[layout.currentOffset] -= slope / scale
    row[layout.currentScale] -= slope * current / scale

    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    for i in layout.physical.upperBound..<n { jacobian[i * n + i] = 1 }
    jacobian[layout.discrepancy * n + layout.discrepancy] = retention
    state[layout.discrepancy] *= retention
  }

  package func addProcessNoise(
    to covariance: UnsafeMutablePointer<Double>, input: CellInput, duration: Double
  ) {
    let n = layout.count
    let current = configuration.currentNoise * configuration.currentNoise
    let drift = configuration.stateOfChargeDrift
    let charge = drift * drift * duration / 3600
    for i in layout.physical {
      let (a, b) = (step.currentJacobian[i] * current, chargeDirection[i] * charge)
      for j in layout.physical {
        covariance[i * n + j] += a * step.currentJacobian[j] + b * chargeDirection[j]
      }
    }
    func add(_ index: Int, _ variance: Double) { covariance[index * n + index] += variance }
    add(
      layout.temperature,
      configuration.temperatureDrift * configuration.temperatureDrift * duration)
    for (index, parameter) in zip(layout.parameters, configuration.parameters) {
      add(index, parameter.driftPerRootHour * parameter.driftPerRootHour * duration / 3600)
    }
    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    let stationary = configuration.discrepancySD(slope: slope)
    add(layout.discrepancy, stationary * stationary * (1 - retention * retention))
  }
}
