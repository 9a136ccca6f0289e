import Instruments
import Quantities
import Records
import Safety

extension ScanLoop {
  /// Writes what the transition asks for, reads it back, records both.
  func carryOut(_ action: DriveAction) -> Outcome? {
    var orders: [(instrument: Int, commands: [Command])] = []
    let source = configuration.wiring.source.instrument
    let load = configuration.wiring.load.instrument
    switch action {
    case .none: break
    case .setSource(let current): orders.append((source, [set(current)]))
    case .setLoad(let current): orders.append((load, [draw(current)]))
    case .startSource(let current): orders.append((source, [set(current), .switchOn]))
    case .startLoad(let current): orders.append((load, [draw(current), .switchOn]))
    case .stopSource: orders.append((source, [set(.zero), .switchOff]))
    case .stopLoad: orders.append((load, [set(.zero), .switchOff]))
    }
    if let ambient = output.chamber, let chamber = configuration.wiring.chamber {
      orders.append((chamber, [.setAmbient(ambient)]))
      output.chamber = nil
    }
    remember(action)
    return perform(orders)
  }

  private func set(_ current: Amperes) -> Command {
    .setCurrent(current, ceiling: configuration.wiring.sourceCeiling)
  }

  /// A load takes a magnitude; an instrument that goes both ways a sign.
  private func draw(_ current: Amperes) -> Command {
    set(configuration.wiring.isBidirectional ? -current : current)
  }

  private func remember(_ action: DriveAction) {
    switch action {
    case .setSource(let current), .startSource(let current): setPoint = current
    case .setLoad(let current), .startLoad(let current): setPoint = -current
    case .none, .stopSource, .stopLoad: setPoint = .zero
    }
  }

  private func perform(_ orders: [(instrument: Int, commands: [Command])]) -> Outcome? {
    let contactor = assembly.place(of: configuration.wiring.contactor).port
    var busy = [contactor]
    for entry in orders {
      let place = assembly.place(of: entry.instrument)
      if place.port == contactor { wait(for: [contactor], budget: 2_000_000_000) }
      guard ports[place.port].isDone else {
        return Outcome(
          status: 3, message: "\(ports[place.port].name): busy past its deadline")
      }
      var order = PortOrder(.perform, at: now)
      for command in entry.commands { order.append(command, to: place.index) }
      ports[place.port].post(order)
      busy.append(place.port)
    }
    wait(for: busy, budget: configuration.pace == .stepped ? 5_000_000_000 : 2_000_000_000)
    return outcome(of: orders)
  }

  private func outcome(of orders: [(instrument: Int, commands: [Command])]) -> Outcome? {
    if let fault = contactorFault() { return fault }
    for entry in orders {
      let place = assembly.place(of: entry.instrument)
      let port = ports[place.port]
      guard port.isDone else {
        return Outcome(status: 3, message: "\(port.name): no answer to a command")
      }
      if let failure = port.failure {
        return Outcome(status: 3, message: "\(failure)")
      }
      for (index, command) in entry.commands.enumerated() {
        if let outcome = record(command, port.readbacks[index], of: entry.instrument) {
          return outcome
        }
      }
    }
    return nil
  }

  private func record(_ command: Command, _ readback: Readback, of instrument: Int) -> Outcome? {
    let name = configuration.instruments[instrument].name
    record(.command(readback.record(of: command, by: name, scan: scan, at: now)))
    guard let line = readback.fault(of: command, by: name) else { return nil }
    event(.fault, "readback", line)
    return Outcome(status: 3, message: line)
  }
}
