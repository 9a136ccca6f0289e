import Electrochemistry
import Kernels

extension AugmentedSPMe {
  mutating func transition(
    _ state: UnsafeMutablePointer<Double>, input: CellInput, duration: Double,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    let n = layout.count
    let physical = layout.physical.count
    let offset = state[layout.currentOffset]
    let end = input.current - offset
    // Over one step the charge counts, and the mean carries it.
    let current = 0.5 * (end + (input.currentAtStart ?? input.current) - offset)
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
      row[layout.currentOffset] = -step.currentJacobian[i]
      row[layout.ambientOffset] = -step.ambientJacobian[i]
    }
    // The extra resistance heats too.
    let temperature = model.layout.temperature
    let heat = heating * current * current * duration
    state[temperature] += state[layout.resistance] * heat
    jacobian[temperature * n + layout.resistance] = heat

    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    for i in layout.physical.upperBound..<n { jacobian[i * n + i] = 1 }
    jacobian[layout.discrepancy * n + layout.discrepancy] = retention
    state[layout.discrepancy] *= retention
  }

  func addProcessNoise(
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
      model.layout.temperature,
      configuration.temperatureDrift * configuration.temperatureDrift * duration)
    for (index, parameter) in zip(layout.parameters, configuration.parameters) {
      add(index, parameter.driftPerRootHour * parameter.driftPerRootHour * duration / 3600)
    }
    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    let stationary = configuration.discrepancySD * configuration.discrepancySD
    add(layout.discrepancy, stationary * (1 - retention * retention))
  }
}
