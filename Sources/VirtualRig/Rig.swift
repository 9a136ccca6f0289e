private import Glibc
internal import Synchronization

/// A virtual bench on pseudo-terminals and a loopback socket, one thread a port.
public final class Rig {
  /// Name and path (or address) of every port, in the order of the bench.
  public private(set) var ports: [(name: String, path: String)] = []

  private let shared: SharedBench
  private let stopSignal: StopSignal
  private var threads: [RigThread] = []

  /// Opens every port and starts serving. Block the signals that `waitForSignal` is to take before.
  public init(_ configuration: RigConfiguration) throws(RigError) {
    let seats = configuration.seats
    shared = SharedBench(try Self.bench(configuration))
    stopSignal = try StopSignal()
    for (index, seat) in seats.enumerated() {
      let server = { [shared, stopSignal, trap = configuration.trap] (name: String) in
        PortServer(
          name: name, device: index, unit: seat.unit, shared: shared, stop: stopSignal, trap: trap)
      }
      try serveSerial(server(seat.name))
      if seat.isOnNetwork { try serveNetwork(server("\(seat.name)-tcp")) }
    }
    let wall = WallPace(pace: configuration.pace, shared: shared, stop: stopSignal)
    threads.append(try RigThread { wall.run() })
  }

  deinit { stop() }

  /// Ends every thread, closes every port and brings all truth to its file. Again: nothing.
  public func stop() {
    stopSignal.stop()
    for thread in threads { thread.join() }
    threads = []
    shared.bench.withLock { $0.physics.flushTruth() }
  }

  private func serveSerial(_ server: PortServer) throws(RigError) {
    let terminal = try PseudoTerminal()
    ports.append((server.name, terminal.path))
    threads.append(try Self.serve(server, on: terminal))
  }

  private static func serve(_ server: PortServer, on terminal: consuming PseudoTerminal)
    throws(RigError) -> RigThread
  {
    let kept = Kept(terminal)
    return try RigThread { server.serve(.rtu, on: kept.value.master) }
  }

  private func serveNetwork(_ server: PortServer) throws(RigError) {
    let clients = try NetworkServer(server)
    ports.append((server.name, "127.0.0.1:\(clients.port)"))
    threads.append(try RigThread { clients.run() })
  }
}
