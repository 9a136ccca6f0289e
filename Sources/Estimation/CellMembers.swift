package import Electrochemistry

/// Many cells of one kind, each with its own state, parameter factors, current and ambient temperature.
/// Rows of `stride` numbers hold the states, the log-factors from `factors` on.
package protocol CellMembers: AnyObject {
  /// Advances `count` members; one that leaves the model's range is marked.
  func advance(
    _ rows: UnsafeMutablePointer<Double>, stride: Int, factors: Int, count: Int,
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>, duration: Double,
    failed: UnsafeMutablePointer<Bool>
  ) throws(ModelError)

  /// Outputs of `count` members, rows of `width` numbers, the first as `FilteredOutput` has them.
  func observe(
    _ rows: UnsafePointer<Double>, stride: Int, factors: Int, count: Int,
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>,
    outputs: UnsafeMutablePointer<Double>, width: Int, failed: UnsafeMutablePointer<Bool>
  ) throws(ModelError)
}

extension SPMeLanes: CellMembers {
  package func advance(
    _ rows: UnsafeMutablePointer<Double>, stride: Int, factors: Int, count: Int,
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>, duration: Double,
    failed: UnsafeMutablePointer<Bool>
  ) throws(ModelError) {
    load(rows, stride: stride, factors: factors)
    try step(currents: currents, ambients: ambients, duration: duration)
    store(rows, stride: stride, failed: failed)
  }

  package func observe(
    _ rows: UnsafePointer<Double>, stride: Int, factors: Int, count: Int,
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>,
    outputs: UnsafeMutablePointer<Double>, width: Int, failed: UnsafeMutablePointer<Bool>
  ) throws(ModelError) {
    load(rows, stride: stride, factors: factors)
    try self.outputs(
      currents: currents, ambients: ambients, into: outputs, stride: width, failed: failed)
  }
}

extension DFNMembers: CellMembers {
  package func advance(
    _ rows: UnsafeMutablePointer<Double>, stride: Int, factors: Int, count: Int,
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>, duration: Double,
    failed: UnsafeMutablePointer<Bool>
  ) throws(ModelError) {
    for member in 0..<count {
      let row = rows + member * stride
      do {
        try step(
          row, logFactors: row + factors, current: currents[member], ambient: ambients[member],
          duration: duration, isCentre: member == 0)
        failed[member] = false
      } catch {
        guard member > 0 else { throw error }
        failed[member] = true
      }
    }
  }

  package func observe(
    _ rows: UnsafePointer<Double>, stride: Int, factors: Int, count: Int,
    currents: UnsafePointer<Double>, ambients: UnsafePointer<Double>,
    outputs: UnsafeMutablePointer<Double>, width: Int, failed: UnsafeMutablePointer<Bool>
  ) throws(ModelError) {
    for member in 0..<count {
      let row = rows + member * stride
      do {
        let y = try self.outputs(
          row, logFactors: row + factors, current: currents[member], ambient: ambients[member])
        let target = outputs + member * width
        target[FilteredOutput.voltage.rawValue] = y.voltage
        target[FilteredOutput.temperature.rawValue] = y.temperature
        target[FilteredOutput.negativePotentialAtSeparator.rawValue] =
          y.negativePotentialAtSeparator
        target[FilteredOutput.stateOfCharge.rawValue] = y.stateOfCharge
        target[FilteredOutput.negativeSurfaceStoichiometry.rawValue] =
          y.negativeSurfaceStoichiometry
        target[FilteredOutput.positiveSurfaceStoichiometry.rawValue] =
          y.positiveSurfaceStoichiometry
        failed[member] = false
      } catch {
        guard member > 0 else { throw error }
        failed[member] = true
      }
    }
  }
}
