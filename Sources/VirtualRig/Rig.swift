private import Glibc
internal import Synchronization

/// A virtual bench on pseudo-terminals and a loopback socket, one thread a port.
public final class Rig {
  /// Name and present path (or address) of every port, in the order of the bench; no path while it is gone.
  public var ports: [(name: String, path: String)] { places.map { ($0.name, $0.path()) } }

  private var places: [(name: String, path: @Sendable () -> String)] = []
  private let shared: SharedBench
  private let stopSignal: StopSignal
  let trap: SignalTrap?
  private var threads: [RigThread] = []

  /// Opens every port and starts serving. Block the signals that `waitForSignal` is to take before.
  public init(_ configuration: RigConfiguration) throws(RigError) {
    shared = SharedBench(try Self.bench(configuration))
    stopSignal = try StopSignal()
    trap = configuration.trap
    for (index, seat) in configuration.seats.enumerated() {
      let server = { [shared, stopSignal] (name: String) in
        PortServer(
          name: name, device: index, seat: seat, shared: shared, stop: stopSignal,
          trap: configuration.trap, mayVanish: configuration.mayLosePorts,
          damage: BusDamage(seed: configuration.seed, port: name))
      }
      try serveSerial(server(seat.name), links: configuration.links)
      if seat.isOnNetwork { try serveNetwork(server(seat.networkName)) }
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

  private func serveSerial(_ server: PortServer, links: String?) throws(RigError) {
    let port = try SerialPort(server, links: links)
    places.append((server.name, { port.path }))
    threads.append(try RigThread { port.run() })
  }

  private func serveNetwork(_ server: PortServer) throws(RigError) {
    let clients = try NetworkServer(server)
    let address = "127.0.0.1:\(clients.port)"
    places.append((server.name, { address }))
    threads.append(try RigThread { clients.run() })
  }
}
