private import CModbus
private import Glibc
private import Quantities

/// One end of a Modbus connection, as a server: libmodbus frames and checks what comes in.
///
/// Replies are framed here, since libmodbus builds them only for devices whose map is one block and
/// whose function 05 knows only on and off.
struct ModbusServerLine: ~Copyable {
  /// How bytes are framed.
  enum Framing { case rtu, tcp }
  /// What `receive` came back with.
  enum Arrival: Equatable {
    /// A whole request: its unit, and the protocol data unit within `request`.
    case request(unit: UInt8, data: Range<Int>)
    /// Noise, a truncated frame, or a request to somebody else.
    case nothing
    /// The client has gone.
    case closed
  }

  /// A truncated frame is dropped after this silence, microseconds.
  static let byteTimeout: UInt32 = 15_000
  private static let capacity = 260

  private var context: OpaquePointer
  private let descriptor: Int32
  private let framing: Framing
  private let unit: UInt8
  /// The last frame that came.
  private(set) var frame: [UInt8]

  /// A server on an open descriptor, which stays the caller's.
  init(_ framing: Framing, descriptor: Int32, unit: UInt8) throws(RigError) {
    self.descriptor = descriptor
    self.framing = framing
    self.unit = unit
    frame = [UInt8](repeating: 0, count: Self.capacity)
    guard let made = Self.makeContext(framing, descriptor, unit) else {
      throw RigError(.system, "libmodbus: \(RigError.reason(errno))")
    }
    context = made
  }

  deinit { modbus_free(context) }

  /// Reads one request; call it when the descriptor is readable.
  mutating func receive() -> Arrival {
    let count = Int(modbus_receive(context, &frame))
    let code = errno
    guard count > 0 else {
      if framing == .tcp { return count < 0 ? .closed : .nothing }
      if count < 0, code == EIO { return .closed }
      if count < 0 { drain() } else { forget() }
      return .nothing
    }
    return framing == .rtu
      ? .request(unit: frame[0], data: 1..<count - 2) : .request(unit: frame[6], data: 7..<count)
  }

  /// The whole reply for a protocol data unit, to the request that came last.
  func framed(_ reply: [UInt8]) -> [UInt8] {
    switch framing {
    case .rtu: return ModbusCRC.framed([frame[0]] + reply)
    case .tcp:
      let length = reply.count + 1
      let header = [frame[0], frame[1], 0, 0, UInt8(length >> 8), UInt8(length & 0xFF), frame[6]]
      return header + reply
    }
  }

  /// Sends bytes; gives up when nobody takes them, as a transmitter does.
  func send(_ bytes: ArraySlice<UInt8>) {
    var offset = 0
    bytes.withUnsafeBytes { bytes in
      while offset < bytes.count {
        let written = write(
          descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
        if written > 0 { offset += written }
        if written >= 0 || errno == EINTR { continue }
        guard errno == EAGAIN, Self.wait(descriptor, POLLOUT, milliseconds: 100) else { return }
      }
    }
  }

  private static func makeContext(
    _ framing: Framing, _ descriptor: Int32, _ unit: UInt8
  ) -> OpaquePointer? {
    let made =
      framing == .rtu
      ? modbus_new_rtu("/dev/null", 9600, 78, 8, 1) : modbus_new_tcp("127.0.0.1", 502)
    guard let made else { return nil }
    modbus_set_slave(made, Int32(unit))
    modbus_set_socket(made, descriptor)
    modbus_set_byte_timeout(made, 0, byteTimeout)
    return made
  }

  /// After a request to another unit libmodbus takes the next frame for that unit's reply and drops it;
  /// here nobody else replies, and the next frame may be ours.
  private mutating func forget() {
    guard let fresh = Self.makeContext(framing, descriptor, unit) else { return }
    modbus_free(context)
    context = fresh
  }

  /// Throws away what is on the line until it falls silent: only silence says where a frame begins.
  private func drain() {
    var waste = [UInt8](repeating: 0, count: 256)
    while Self.wait(descriptor, POLLIN, milliseconds: 5), read(descriptor, &waste, 256) > 0 {}
  }

  private static func wait(_ descriptor: Int32, _ event: Int32, milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    return poll(&polled, 1, milliseconds) > 0 && polled.revents & Int16(event) != 0
  }
}
