import Foundation
import Quantities
import Testing

/// A client on a pty or a socket, with nothing of the rig's own code.
final class PortClient {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_RDWR | O_NOCTTY)
    try #require(descriptor >= 0)
  }

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(code == 0)
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) { #expect(write(descriptor, bytes, bytes.count) == bytes.count) }

  /// Up to `count` bytes; fewer when nothing comes for `timeout` ms.
  func receive(_ count: Int, timeout: Int32 = 5000) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, timeout) > 0 else { break }
      var buffer = [UInt8](repeating: 0, count: count - bytes.count)
      let got = read(descriptor, &buffer, buffer.count)
      guard got > 0 else { break }
      bytes += buffer[..<got]
    }
    return bytes
  }

  /// Whether the other end goes away within 5 s.
  func hangsUp() -> Bool {
    var polled = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&polled, 1, 5000) > 0 && polled.revents & Int16(POLLHUP) != 0
  }

  func ask(_ unit: [UInt8], reply count: Int) -> [UInt8] {
    send(ModbusCRC.framed(unit))
    return receive(count)
  }
}
