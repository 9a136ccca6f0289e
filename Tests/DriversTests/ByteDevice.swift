import Foundation
import Glibc
import Synchronization

/// A device on a pseudo-terminal that is told what to answer to each request, byte by byte. Knows no
/// dialect: a request is what one read(2) brings, for a client writes a frame in one go; or a line.
final class ByteDevice: Sendable {
  private struct State {
    var requests: [[UInt8]] = []
    var answer: @Sendable ([UInt8]) -> [UInt8]
    var isStopped = false
    var rest: [UInt8] = []
  }

  let client: Int32
  private let master: Int32
  private let state: Mutex<State>
  private let ended = DispatchSemaphore(value: 0)

  private let isText: Bool

  /// - Parameter lines: a request ends with a line feed, and several may come at once.
  init(lines: Bool = false, _ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws {
    isText = lines
    master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var locked: Int32 = 0
    // TIOCSPTLCK and TIOCGPTPEER.
    guard master >= 0, ioctl(master, 0x4004_5431, &locked) == 0 else {
      throw POSIXError(.ENXIO)
    }
    client = ioctl(master, 0x5441, O_RDWR | O_NOCTTY)
    var settings = termios()
    tcgetattr(client, &settings)
    cfmakeraw(&settings)
    tcsetattr(client, TCSANOW, &settings)
    state = Mutex(State(answer: answer))
    Thread.detachNewThread { [self] in
      while serve() {}
      ended.signal()
    }
  }

  private func serve() -> Bool {
    var waiter = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    let ready = poll(&waiter, 1, 10)
    guard !state.withLock({ $0.isStopped }) else { return false }
    guard ready > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    let replies = state.withLock { state in
      state.rest += buffer.prefix(count)
      var replies: [UInt8] = []
      while let end = isText ? state.rest.firstIndex(of: 10) : state.rest.indices.last {
        let request = Array(state.rest[...end])
        state.rest.removeFirst(end + 1)
        state.requests.append(request)
        replies += state.answer(request)
      }
      return replies
    }
    if !replies.isEmpty { _ = write(master, replies, replies.count) }
    return true
  }

  /// Must be called: the thread holds the device.
  func stop() {
    state.withLock { $0.isStopped = true }
    _ = ended.wait(timeout: .now() + 10)
    close(client)
    close(master)
  }

  var requests: [[UInt8]] { state.withLock { $0.requests } }
  func forget() { state.withLock { $0.requests = [] } }
  func answer(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    state.withLock { $0.answer = answer }
  }
}
