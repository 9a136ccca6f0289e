private import CRealtime
internal import Profiles
private import Quantities
internal import Synchronization

/// Serves one device on one connection until it ends, the port vanishes or the rig stops.
struct PortServer: Sendable {
  /// Why serving ended.
  enum End { case clientGone, portGone, stopped }

  /// How often a port that may vanish looks whether it has, milliseconds.
  static let lookout: Int32 = 10

  /// The port's name in the rig's announcement.
  let name: String
  let device: Int
  let seat: RigConfiguration.Seat
  let shared: SharedBench
  let stop: StopSignal
  let trap: SignalTrap?
  /// Whether a fault may take the port away.
  let mayVanish: Bool
  let damage: BusDamage

  /// Serves a serial port. Blocks. Never closes `descriptor`.
  func serveSerial(on descriptor: Int32) -> End {
    switch seat.kind.framing {
    case .modbus: serveModbus(.rtu, on: descriptor)
    case .kunkin:
      serve(
        KunkinLine(
          descriptor: descriptor, unit: seat.unit, order: seat.options.checksum ?? .highFirst))
    case .text: serve(TextLine(descriptor: descriptor))
    }
  }

  /// Serves one client of a socket. Blocks. Never closes `descriptor`.
  func serveNetwork(on descriptor: Int32) -> End { serveModbus(.tcp, on: descriptor) }

  /// How the port comes back; nil: it is there.
  var gone: FaultEffect.Return? {
    guard mayVanish else { return nil }
    if trap?.hasTaken(name) == true { return .same }
    return shared.bench.withLock { $0.physics.faults.gone(device: device, port: name) }
  }

  private func serveModbus(_ framing: ModbusServerLine.Framing, on descriptor: Int32) -> End {
    do {
      return serve(try ModbusServerLine(framing, descriptor: descriptor, unit: seat.unit))
    } catch {
      error.report()
      return .clientGone
    }
  }

  private func serve<Line: ServerLine & ~Copyable>(_ whole: consuming Line) -> End {
    var line = whole
    while gone == nil {
      switch stop.wait(line.descriptor, milliseconds: mayVanish ? Self.lookout : -1) {
      case .stop: return .stopped
      case .timeout: continue
      case .readable: break
      }
      repeat {
        switch line.receive() {
        case .closed: return .clientGone
        case .nothing: continue
        case .request(let request, let isBroadcast): answer(line, request, isBroadcast)
        }
      } while line.hasMore
    }
    return .portGone
  }

  private func answer<Line: ServerLine & ~Copyable>(
    _ line: borrowing Line, _ request: [UInt8], _ isBroadcast: Bool
  ) {
    guard trap?.hasTaken(name) != true else { return }
    let (exchange, pace) = shared.bench.withLock { bench in
      let ticks = bench.physics.ticks
      let exchange = bench.exchange(device: device, port: name, request)
      if bench.physics.ticks != ticks { bench.lastTick = lockstep_monotonic_nanoseconds() }
      return (exchange, bench.physics.now)
    }
    guard let reply = exchange.reply, !isBroadcast else { return }
    guard rest(exchange) else { return }
    let bytes = damage.bytes(
      line.framed(reply, wrongUnit: exchange.damage.contains(.wrongUnit)), exchange.damage,
      at: pace)
    let function = line.function(of: request)
    guard let moment = trap?.spring(port: name, function: function, pace: Double(pace) / 1e6)
    else {
      line.send(bytes[...])
      return
    }
    let first = moment == .half ? bytes.count / 2 : 0
    line.send(bytes[..<first])
    trap?.fire()
    if trap?.hasTaken(name) != true { line.send(bytes[first...]) }
  }

  /// Waits as long as device and fault make the reply late; false when it is time to stop.
  private func rest(_ exchange: VirtualBench.Exchange) -> Bool {
    var seconds = exchange.thinkingTime
    for case .late(let by) in exchange.damage { seconds += by.value }
    return seconds == 0 || stop.sleep(nanoseconds: Int64(seconds * 1e9))
  }
}
