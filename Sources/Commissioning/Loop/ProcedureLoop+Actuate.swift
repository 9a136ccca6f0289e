import Bench
import Instruments
import Quantities
import Records
import Safety

extension ProcedureLoop {
  /// Carries an order out, reads it back, records it. The contactor goes first.
  func carryOut(_ order: BenchOrder) -> Outcome? {
    let contactor = bench.wiring.contactor
    switch order.contactor {
    case .rearmed:
      holdsContactor = true
      if let outcome = perform([.rearm(hold: bench.wiring.hold)], on: contactor) { return outcome }
    case .open:
      holdsContactor = false
      if let outcome = perform([.openContactor], on: contactor) { return outcome }
    case .untouched: break
    }
    switch order.drive {
    case .off: return switchOff()
    case .current(let wanted): return steer(wanted)
    }
  }

  private func switchOff() -> Outcome? {
    let on = [
      (bench.wiring.source.instrument, last.source), (bench.wiring.load.instrument, last.load),
    ]
    for (instrument, readings) in on where readings.isOn.valid != false || setPoint != .zero {
      if let outcome = perform([set(.zero), .switchOff], on: instrument) { return outcome }
    }
    setPoint = .zero
    // What was switched off counts as on until it is seen off.
    drive = DriveMachine()
    drive.armed()
    return nil
  }

  /// Through the envelope's admission and the drive machine, as in a run. Less than was asked for is
  /// no test.
  private func steer(_ wanted: Amperes) -> Outcome? {
    let admission = bench.envelope.admit(wanted, present: setPoint, on: last)
    if let clamp = admission.clamp {
      return Outcome(
        status: 1,
        message: "\(wanted) is not admitted: \(clamp.what): \(clamp.value) \(clamp.unit), allowed "
          + "\(clamp.limit) \(clamp.unit)")
    }
    let action = drive.next(
      DriveRequest(current: admission.current, contactor: holdsContactor), on: last,
      zeroCurrent: bench.envelope.rules.zeroCurrent)
    let source = bench.wiring.source.instrument
    let load = bench.wiring.load.instrument
    switch action {
    case .none: return nil
    case .setSource(let current):
      setPoint = current
      return perform([set(current)], on: source)
    case .startSource(let current):
      setPoint = current
      return perform([set(current), .switchOn], on: source)
    case .stopSource:
      setPoint = .zero
      return perform([set(.zero), .switchOff], on: source)
    case .setLoad(let current):
      setPoint = -current
      return perform([draw(current)], on: load)
    case .startLoad(let current):
      setPoint = -current
      return perform([draw(current), .switchOn], on: load)
    case .stopLoad:
      setPoint = .zero
      return perform([set(.zero), .switchOff], on: load)
    }
  }

  private func set(_ current: Amperes) -> Command {
    .setCurrent(current, ceiling: bench.wiring.sourceCeiling)
  }

  /// A load takes a magnitude; an instrument that goes both ways a sign.
  private func draw(_ current: Amperes) -> Command {
    set(bench.wiring.isBidirectional ? -current : current)
  }

  private func perform(_ commands: [Command], on instrument: Int) -> Outcome? {
    let port = ports[instrument]
    guard port.isDone else {
      return Outcome(status: 3, message: "\(name(instrument)): busy past its deadline; made safe")
    }
    var order = PortOrder(.perform, at: now)
    for command in commands { order.append(command, to: 0) }
    port.post(order)
    guard wait(for: [instrument], budget: 2_000_000_000) else {
      return Outcome(
        status: 3, message: "\(name(instrument)): no answer to a command; made safe")
    }
    if let failure = port.failure {
      return Outcome(status: 3, message: "\(failure); made safe")
    }
    for (index, command) in commands.enumerated() {
      let readback = port.readbacks[index]
      record(
        .command(readback.record(of: command, by: name(instrument), scan: scan, at: now)))
      if let line = readback.fault(of: command, by: name(instrument)) {
        event(.fault, "readback", line)
        return Outcome(status: 3, message: "\(line); made safe")
      }
    }
    return nil
  }
}
