public import Quantities

/// Runs a list of steps: an observation in, an action out. A pure value; it knows no instrument and
/// no clock.
///
/// At each observation every end of the running step is judged, in the order written; the first true
/// one ends the step and the next begins at the same observation. A step whose end is true at its
/// first observation is skipped. Two kinds of ends wait for the step's own current to flow, because
/// what is observed before is still the work of the step before it:
/// - a voltage end, until the observed current is no further in the step's direction than the
///   step's own (so that `Charge at 1C until 4.2 V`, `Charge at C/2 until 4.2 V` is two steps),
///   but no longer than `voltageSettling`;
/// - a current end, until the current has once been above the bound, but no longer than
///   `currentSettling` (a hold that follows a rest begins at zero current).
///
/// A run that was stopped goes on with `interrupt()`: the clock of the step stands still meanwhile.
public struct ProtocolMachine: Sendable {
  /// Longest time that a voltage end waits for the step's own current.
  public static let voltageSettling = Seconds(5)
  /// Longest time that a current end waits for a current above its bound.
  public static let currentSettling = Seconds(60)
  /// How much short of its time a step may end: no time on a bench, and above a scan's jitter.
  public static let timeTolerance = Seconds(1e-3)
  /// How near the chamber's ambient must come to the set-point: a chamber step's own end.
  public static let chamberTolerance = Kelvins(1)

  /// The steps, in order.
  public let steps: [ProtocolStep]
  /// What a C-rate of 1 moves in an hour.
  public let nominalCapacity: AmpereHours

  enum State: Sendable {
    /// The step at the index begins at the next call; `steps.count`: nothing is left.
    case between(Int)
    /// The step runs.
    case running(RunningStep)
  }

  var state = State.between(0)
  /// What was observed last; nothing is observed before it.
  private(set) var last: Observation?
  /// The run was stopped after the last observation.
  var isInterrupted = false

  /// A machine at the first of `steps`, for a cell of `nominalCapacity`, which must be above zero.
  /// Traps on a step that only a simulation can do; `StepGrammar.bench` reads none.
  public init(steps: [ProtocolStep], nominalCapacity: AmpereHours) {
    precondition(
      nominalCapacity > .zero && nominalCapacity.isFinite,
      "a protocol needs a nominal capacity above zero, not \(nominalCapacity)")
    precondition(
      steps.allSatisfy { $0.mode.isForBench }, "a power or resistance step is for simulations only")
    self.steps = steps
    self.nominalCapacity = nominalCapacity
  }

  /// Takes what a scan saw and says what to do. Traps when time runs backwards: an observation of
  /// the past cannot end a step.
  public mutating func next(_ observation: Observation) -> ProtocolAction {
    if let last {
      precondition(
        observation.time >= last.time,
        "observation at \(observation.time) after one at \(last.time) in state \(state)")
    }
    defer { last = observation }
    switch state {
    case .between(let index) where index == steps.count:
      return .finished
    case .between(let index):
      state = .running(
        RunningStep(
          index: index, step: steps[index], before: index > 0 ? steps[index - 1] : nil,
          nominalCapacity: nominalCapacity, at: observation))
      return .stepStarted(index)
    case .running(var running):
      let isResumed = resume(&running, at: observation)
      running.observe(observation, after: isResumed ? nil : last)
      if let ending = running.ending(at: observation) {
        state = .between(running.index + 1)
        return .stepEnded(running.index, ending)
      }
      let action = running.request(at: observation)
      state = .running(running)
      return action
    }
  }

  /// Index of the step that runs, from 0; nil before, between and after steps.
  public var runningIndex: Int? {
    if case .running(let running) = state { return running.index }
    return nil
  }

  /// Net charge moved in the running step, positive when it charged; nil when none runs.
  public var chargeMoved: AmpereHours? {
    if case .running(let running) = state { return running.charge }
    return nil
  }

  /// When the running step began; nil when none runs.
  public var stepStart: Seconds? {
    if case .running(let running) = state { return running.start }
    return nil
  }

  /// Whether no step is left.
  public var isFinished: Bool {
    if case .between(steps.count) = state { return true }
    return false
  }
}
