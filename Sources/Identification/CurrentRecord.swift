/// A current over time that a cell went through, or is to go through, from rest.
public struct CurrentRecord: Sendable, Hashable {
  /// s from 0, never decreasing; two equal ones are a jump.
  public var times: [Double]
  /// A at those times, positive = charge; linear between.
  public var currents: [Double]
  /// K.
  public var ambient: Double
  /// K, of the cell at 0 s.
  public var initialTemperature: Double
  /// Whether that was read from the cell; else it was taken to be as warm as the air.
  public var startIsMeasured = false

  /// A current from its parts.
  public init(
    times: [Double], currents: [Double], ambient: Double, initialTemperature: Double? = nil
  ) {
    self.times = times
    self.currents = currents
    self.ambient = ambient
    self.initialTemperature = initialTemperature ?? ambient
  }

  /// Constant currents one after the other, A and s each.
  public init(steps: [(current: Double, duration: Double)], ambient: Double) {
    var (times, currents, time) = ([Double](), [Double](), 0.0)
    for step in steps {
      times += [time, time + step.duration]
      currents += [step.current, step.current]
      time += step.duration
    }
    self.init(times: times, currents: currents, ambient: ambient)
  }

  /// s.
  public var duration: Double { times.last ?? 0 }

  /// The same in other air; a cell that was taken to be as warm as the air is so still.
  func inAir(warmerBy offset: Double) -> CurrentRecord {
    var there = self
    there.ambient += offset
    if !startIsMeasured { there.initialTemperature += offset }
    return there
  }

  /// The part through a time and a second on.
  func beginning(through time: Double) -> CurrentRecord {
    let end = min(time + 1, duration)
    var part = self
    let kept = times.prefix { $0 < end }.count
    part.times = Array(times.prefix(kept)) + [end]
    part.currents = Array(currents.prefix(kept)) + [current(at: end - 1e-9)]
    return part
  }

  /// A at a time; just after a jump.
  public func current(at time: Double) -> Double {
    var (next, end) = (0, times.count)
    while next < end {
      let middle = (next + end) / 2
      if times[middle] > time { end = middle } else { next = middle + 1 }
    }
    guard next < times.count else { return currents.last ?? 0 }
    guard next > 0 else { return currents[0] }
    let share = (time - times[next - 1]) / (times[next] - times[next - 1])
    return currents[next - 1] + share * (currents[next] - currents[next - 1])
  }
}
