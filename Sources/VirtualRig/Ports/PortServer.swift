private import CRealtime
internal import Synchronization

/// Serves one device on one connection until it ends or the rig stops.
struct PortServer: Sendable {
  /// The port's name in the rig's announcement.
  let name: String
  let device: Int
  /// The device's address on a serial bus.
  let unit: UInt8
  let shared: SharedBench
  let stop: StopSignal
  let trap: SignalTrap?

  /// Blocks. Never closes `descriptor`.
  func serve(_ framing: ModbusServerLine.Framing, on descriptor: Int32) {
    do {
      var line = try ModbusServerLine(framing, descriptor: descriptor, unit: unit)
      while stop.readable(descriptor) {
        switch line.receive() {
        case .closed: return
        case .nothing: continue
        case .request(let unit, let data):
          answer(line, data, broadcast: framing == .rtu && unit == 0)
        }
      }
    } catch {
      error.report()
    }
  }

  private func answer(_ line: borrowing ModbusServerLine, _ data: Range<Int>, broadcast: Bool) {
    let request = line.frame[data]
    let (reply, pace) = shared.bench.withLock { bench in
      let ticks = bench.physics.ticks
      let reply = bench.answer(device: device, request)
      if bench.physics.ticks != ticks { bench.lastTick = lockstep_monotonic_nanoseconds() }
      return (reply, Double(bench.physics.now) / 1e6)
    }
    guard let reply, !broadcast else { return }
    let bytes = line.framed(reply)
    guard let moment = trap?.spring(port: name, function: request.first ?? 0, pace: pace) else {
      line.send(bytes[...])
      return
    }
    let first = moment == .half ? bytes.count / 2 : 0
    line.send(bytes[..<first])
    trap?.fire()
    line.send(bytes[first...])
  }
}
