import Electrochemistry
import Quantities

extension CellFilter {
  /// The filter believes in a wrong state: the shape of its concentrations is kept, everything that
  /// it thought to know of charge, parameters and offsets is forgotten, but for what earlier records left.
  mutating func widen() {
    let layout = world.layout
    var mean = filter.mean
    let prior = world.prior(
      stateOfCharge: world.stateOfCharge(mean),
      stateOfChargeSD: configuration.restartStateOfChargeSD, temperature: mean[layout.temperature])
    for index in layout.parameters.lowerBound..<layout.count { mean[index] = prior.mean[index] }
    filter.reset(mean: mean, covariance: prior.covariance)
    noteRestart()
  }

  /// The model cannot go on from the filter's state: a rested cell at the last state of charge, kept
  /// off the ends of the scale, with a wide sd; further off where that was of no help.
  mutating func restartRested() {
    let floor = 0.05 * Double(1 << min(restsInARow, 3))
    restsInARow += 1
    rest(at: world.stateOfCharge(filter.mean), offEnds: floor)
  }

  /// Goes on at `time` without having followed what happened since the last sample: a rested cell with the
  /// charge that flowed, and a wide sd.
  ///
  /// - Parameter current: that flowed since, A, positive charges.
  public mutating func skip(to time: Double, current: Double) {
    let duration = max(0, time - (self.time ?? time))
    let moved = current * duration / 3600 / cell.nominalCapacity.value
    rest(at: world.stateOfCharge(filter.mean) + moved, offEnds: 0.02)
    self.time = time
  }

  private mutating func rest(at stateOfCharge: Double, offEnds floor: Double) {
    let prior = world.prior(
      stateOfCharge: min(max(stateOfCharge, floor), 1 - floor),
      stateOfChargeSD: configuration.restartStateOfChargeSD,
      temperature: filter.mean[world.layout.temperature])
    filter.reset(mean: prior.mean, covariance: prior.covariance)
    noteRestart()
  }

  private mutating func noteRestart() {
    failures = 0
    restarts += 1
    restartPending = true
    monitor = DivergenceMonitor()
  }
}
