private import Glibc

/// One end of a connection, as a server: bytes in, whole requests out, and replies framed.
protocol ServerLine: ~Copyable {
  /// Reads one request; call it when the descriptor is readable.
  mutating func receive() -> Arrival
  /// The whole reply, to the request that came last; `wrongUnit`: in another unit's name.
  func framed(_ reply: [UInt8], wrongUnit: Bool) -> [UInt8]
  /// The function code of a request, for those who count reads and writes.
  func function(of request: [UInt8]) -> UInt8
  var descriptor: Int32 { get }
  /// Whether another request has come already, so that `receive` need not wait for bytes.
  var hasMore: Bool { get }
}

/// What came over a connection.
enum Arrival: Equatable {
  /// A whole request without its framing; a broadcast is obeyed and not answered.
  case request([UInt8], isBroadcast: Bool)
  /// Noise, a truncated frame, or a request to somebody else.
  case nothing
  /// The client has gone.
  case closed
}

extension ServerLine where Self: ~Copyable {
  var hasMore: Bool { false }

  /// Sends bytes; gives up when nobody takes them, as a transmitter does.
  func send(_ bytes: ArraySlice<UInt8>) {
    var offset = 0
    bytes.withUnsafeBytes { bytes in
      while offset < bytes.count {
        let written = write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if written > 0 { offset += written }
        if written >= 0 || errno == EINTR { continue }
        guard errno == EAGAIN, SerialBytes.wait(descriptor, POLLOUT, milliseconds: 100)
        else { return }
      }
    }
  }
}

/// Bytes of a serial port, and the silence between them.
enum SerialBytes {
  /// A truncated frame is dropped after this silence, milliseconds.
  static let silence: Int32 = 15

  /// Whether the event comes in time.
  static func wait(_ descriptor: Int32, _ event: Int32, milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    return poll(&polled, 1, milliseconds) > 0 && polled.revents & Int16(event) != 0
  }

  /// Up to `count` bytes, fewer when they stop coming; nil when the client has gone.
  static func read(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count, wait(descriptor, POLLIN, milliseconds: silence) {
      var buffer = [UInt8](repeating: 0, count: count - bytes.count)
      let got = Glibc.read(descriptor, &buffer, buffer.count)
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      guard got > 0 else { return nil }
      bytes += buffer[..<got]
    }
    return bytes
  }

  /// Throws away what is on the line until it falls silent: only silence says where a frame begins.
  static func drain(_ descriptor: Int32) {
    var waste = [UInt8](repeating: 0, count: 256)
    while wait(descriptor, POLLIN, milliseconds: 5), Glibc.read(descriptor, &waste, 256) > 0 {}
  }
}
