private import Glibc
private import Synchronization

/// Serves one device to several clients over TCP, one thread a client.
final class NetworkServer: Sendable {
  private static let mostClients = 8

  private let server: PortServer
  private let listener: LoopbackListener

  /// Listens from now on.
  init(_ server: PortServer) throws(RigError) {
    self.server = server
    listener = try LoopbackListener()
  }

  /// Where clients connect to.
  var port: UInt16 { listener.port }

  /// Blocks until the rig stops.
  func run() {
    var clients: [Client] = []
    while server.stop.wait(listener.descriptor) == .readable {
      guard let descriptor = listener.accept() else { continue }
      clients = clients.filter { !$0.hasEnded }
      guard clients.count < Self.mostClients, let client = try? Client(descriptor, server) else {
        close(descriptor)
        continue
      }
      clients.append(client)
    }
    for client in clients { client.thread.join() }
  }
}

extension NetworkServer {
  /// One connected client.
  private final class Client {
    let thread: RigThread
    private let ended = Ended()

    init(_ descriptor: Int32, _ server: PortServer) throws(RigError) {
      thread = try RigThread { [ended] in
        _ = server.serveNetwork(on: descriptor)
        close(descriptor)
        ended.flag.store(true, ordering: .releasing)
      }
    }

    var hasEnded: Bool { ended.flag.load(ordering: .acquiring) }
  }

  private final class Ended: Sendable {
    let flag = Atomic(false)
  }
}
