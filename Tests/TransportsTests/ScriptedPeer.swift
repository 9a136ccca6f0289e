import Foundation
import Glibc
import Synchronization

/// The device's side of a wire: for each turn waits for a request of known length, then answers with
/// given bytes, or with nothing. Runs on a thread of its own until its turns are over.
final class ScriptedPeer: Sendable {
  struct Turn: Sendable {
    var requestCount: Int
    var reply: [UInt8]
  }

  /// What came, and when (CLOCK_MONOTONIC, s).
  struct Heard: Sendable {
    var request: [UInt8]
    var arrived: Double
  }

  let client: Int32
  let peer: Int32
  private let heard = Mutex<[Heard]>([])
  private let done = DispatchSemaphore(value: 0)

  init(_ turns: [Turn], over wire: Wire = .socketPair) throws {
    (client, peer) = try wire.open()
    Thread.detachNewThread { [self] in
      for turn in turns where !play(turn) { break }
      done.signal()
    }
  }

  deinit {
    close(client)
    close(peer)
  }

  /// Everything heard, after the last turn or 10 s.
  func finish() -> [Heard] {
    _ = done.wait(timeout: .now() + 10)
    return heard.withLock { $0 }
  }

  /// Says something unasked.
  func say(_ bytes: [UInt8]) { _ = write(peer, bytes, bytes.count) }

  private func play(_ turn: Turn) -> Bool {
    var request: [UInt8] = []
    while request.count < turn.requestCount {
      var waiter = pollfd(fd: peer, events: Int16(POLLIN), revents: 0)
      guard poll(&waiter, 1, 10_000) > 0 else { return false }
      var buffer = [UInt8](repeating: 0, count: turn.requestCount - request.count)
      let count = read(peer, &buffer, buffer.count)
      guard count > 0 else { return false }
      request += buffer.prefix(count)
    }
    let arrived = now()
    if !turn.reply.isEmpty { say(turn.reply) }
    heard.withLock { $0.append(Heard(request: request, arrived: arrived)) }
    return true
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
