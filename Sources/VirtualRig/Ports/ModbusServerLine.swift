private import CModbus
private import Glibc
private import Quantities

/// One end of a Modbus connection, as a server: libmodbus frames and checks what comes in.
///
/// Replies are framed here, since libmodbus builds them only for devices whose map is one block and
/// whose function 05 knows only on and off.
struct ModbusServerLine: ~Copyable, ServerLine {
  /// How bytes are framed.
  enum Framing { case rtu, tcp }
  /// A truncated frame is dropped after this silence, microseconds.
  static let byteTimeout: UInt32 = 15_000
  private static let capacity = 260

  private var context: OpaquePointer
  let descriptor: Int32
  private let framing: Framing
  private let unit: UInt8
  /// The last frame that came.
  private var frame: [UInt8]

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
      if count < 0 { SerialBytes.drain(descriptor) } else { forget() }
      return .nothing
    }
    let data = framing == .rtu ? 1..<count - 2 : 7..<count
    return .request(
      Array(frame[data]), isBroadcast: framing == .rtu && frame[0] == 0 && unit != 0)
  }

  func framed(_ reply: [UInt8], wrongUnit: Bool) -> [UInt8] {
    switch framing {
    case .rtu: return ModbusCRC.framed([frame[0] &+ (wrongUnit ? 1 : 0)] + reply)
    case .tcp:
      let length = reply.count + 1
      let unit = frame[6] &+ (wrongUnit ? 1 : 0)
      return [frame[0], frame[1], 0, 0, UInt8(length >> 8), UInt8(length & 0xFF), unit] + reply
    }
  }

  func function(of request: [UInt8]) -> UInt8 { request.first ?? 0 }

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
}
