internal import Profiles
private import Quantities

/// The serial port of a Kunkin KP184: frames of a length that the function says, checksum in the
/// order of the device's firmware.
struct KunkinLine: ~Copyable, ServerLine {
  let descriptor: Int32
  private let unit: UInt8
  private let order: PlantDevice.ChecksumOrder

  /// A server on an open descriptor, which stays the caller's.
  init(descriptor: Int32, unit: UInt8, order: PlantDevice.ChecksumOrder) {
    self.descriptor = descriptor
    self.unit = unit
    self.order = order
  }

  mutating func receive() -> Arrival {
    guard let head = SerialBytes.read(descriptor, 2) else { return .closed }
    let length = head.count == 2 ? head[1] == 3 ? 8 : head[1] == 6 ? 13 : 0 : 0
    guard length > 0 else { return noise() }
    guard let tail = SerialBytes.read(descriptor, length - 2) else { return .closed }
    let frame = head + tail
    let body = Array(frame.dropLast(2))
    guard frame.count == length, frame == checked(body), frame[0] == unit else { return noise() }
    return .request(body, isBroadcast: false)
  }

  func framed(_ reply: [UInt8], wrongUnit: Bool) -> [UInt8] {
    checked(wrongUnit ? [reply[0] &+ 1] + reply.dropFirst() : reply)
  }

  func function(of request: [UInt8]) -> UInt8 { request[1] }

  private func checked(_ body: [UInt8]) -> [UInt8] {
    let framed = ModbusCRC.framed(body)
    guard order == .highFirst else { return framed }
    return body + [framed[framed.count - 1], framed[framed.count - 2]]
  }

  private func noise() -> Arrival {
    SerialBytes.drain(descriptor)
    return .nothing
  }
}
