internal import Instruments
internal import Profiles
internal import Quantities
internal import Transports

/// The numbers that a command brings along.
struct StepArguments {
  var current = Double.nan
  var ceiling = Double.nan
  var hold = Double.nan
  var ambient = Double.nan
  var duration = Double.nan
  /// When the command was given, pace time, s; no step names it.
  var time = Double.nan

  func value(of argument: StepArgument) -> Double {
    switch argument {
    case .current: current
    case .ceiling: ceiling
    case .hold: hold
    case .ambient: ambient
    case .duration: duration
    case .voltageLimit, .currentLimit, .powerLimit: .nan
    }
  }
}

extension ProfiledInstrument {
  /// Runs `steps` in order until one disagrees.
  ///
  /// - Returns: the read-back of the last step that reads, or of the one that disagreed; nil when
  ///   none reads.
  func run(_ steps: [ProcedureStep], _ arguments: StepArguments = StepArguments())
    throws(InstrumentError) -> Readback?
  {
    var result: Readback?
    for step in steps {
      guard let readback = try run(step, arguments) else { continue }
      result = readback
      if !readback.agrees { return result }
    }
    return result
  }

  /// Runs `steps` and throws when one disagrees.
  func require(_ steps: [ProcedureStep]) throws(InstrumentError) {
    for step in steps {
      guard let readback = try run(step, StepArguments()), !readback.agrees else { continue }
      throw disagreement(step, readback)
    }
  }

  func disagreement(_ step: ProcedureStep, _ readback: Readback) -> InstrumentError {
    let value = profile.values[step.readValue]
    let unit = value.unit.isEmpty ? "" : " \(value.unit)"
    let why = step.why.isEmpty ? "" : ": \(step.why)"
    return error(
      .readback,
      "\(value.name) reads \(readback.read)\(unit), wanted \(readback.requested)\(unit)\(why)")
  }

  private func run(_ step: ProcedureStep, _ arguments: StepArguments) throws(InstrumentError)
    -> Readback?
  {
    switch step.action {
    case .write(let index, let terms, let readBack):
      let wanted = try sum(terms, arguments)
      try write(wanted, to: index)
      return readBack ? compare(wanted, try readOrThrow(index), index) : nil
    case .exchange(let index, let terms, let read):
      let wanted = try sum(terms, arguments)
      try write(wanted, to: index, reading: read)
      return compare(wanted, latest[read], read)
    case .check(let index, let allowed, let tolerance):
      return try check(index, allowed, tolerance, settle: step.settle)
    case .ordered(let limit, let setpoint):
      guard case .write(let index, let terms, _) = setpoint.action else { return nil }
      let isRising = try sum(terms, arguments) > readOrThrow(index)
      return try run(isRising ? [limit, setpoint] : [setpoint, limit], arguments)
    case .inTurn(let pair): return try closeInTurn(pair, arguments)
    }
  }

  private func check(
    _ index: Int, _ allowed: [Double], _ tolerance: Double, settle: Seconds?
  ) throws(InstrumentError) -> Readback {
    let deadline = settle.map { SettlingClock.now + $0.value }
    while true {
      let read = try readOrThrow(index)
      let slack = tolerance + profile.values[index].resolution(near: read, scale: scales[index])
      let match = allowed.first { abs($0 - read) <= slack }
      guard match == nil, let deadline, SettlingClock.now < deadline else {
        return Readback(
          requested: match ?? allowed.first ?? .nan, read: read, agrees: match != nil)
      }
      SettlingClock.pause()
    }
  }

  private func compare(_ wanted: Double, _ read: Double, _ index: Int) -> Readback {
    let slack = profile.values[index].resolution(near: wanted, scale: scales[index])
    // A hair more than half a count, for the rounding of wanted / scale itself.
    return Readback(
      requested: wanted, read: read, agrees: abs(read - wanted) <= slack * (1 + 1e-6))
  }

  private func sum(_ terms: [ProcedureStep.Term], _ arguments: StepArguments)
    throws(InstrumentError) -> Double
  {
    var sum = 0.0
    for term in terms {
      switch term {
      case .constant(let number): sum += number
      case .argument(let argument):
        sum += limits.value(of: argument) ?? arguments.value(of: argument)
      case .value(let index):
        sum += latest[index].isNaN ? try readOrThrow(index) : latest[index]
      }
    }
    return sum
  }
}

extension ProcedureStep {
  /// Index of the value that the step reads, or writes when it reads none.
  var readValue: Int {
    switch action {
    case .write(let value, _, _): value
    case .exchange(_, _, let read): read
    case .check(let value, _, _): value
    case .ordered(_, let setpoint): setpoint.readValue
    case .inTurn(let pair): pair.first.state
    }
  }
}
