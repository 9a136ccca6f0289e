internal import Profiles
internal import Quantities

/// What a KP184 is told and asked.
struct KP184PlanFrames: PlanFrames {
  let unit: UInt8
  let order: KP184Frame.ChecksumOrder

  var framing: SafePlan.Framing { .kp184(order) }

  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame {
    let head = [unit, 6] + ModbusFrame.bytes(UInt16(value.address)) + [0, 1, 4]
    // The shape of the captures; the guard knows the two others.
    let reply = KP184Frame.framed(head, order)
    return PlannedFrame(
      request: KP184Frame.framed(head + bytes(UInt32(count), 4), order), reply: reply,
      mask: Array(repeating: 0xFF, count: reply.count))
  }

  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame? {
    guard let (raw, mask) = value.rawPattern(of: wanted) else { return nil }
    let size = value.encoding.byteCount
    guard let byte = value.byte else {
      return reading(value, data: bytes(raw, 4), mask: bytes(mask, 4))
    }
    var data = [UInt8](repeating: 0, count: KP184Frame.statusCount), free = data
    data.replaceSubrange(byte..<(byte + size), with: bytes(raw, size))
    free.replaceSubrange(byte..<(byte + size), with: bytes(mask, size))
    return reading(value, data: data, mask: free)
  }

  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)? { nil }

  // The length byte is not compared: the status block's lies.
  private func reading(_ value: DeclaredValue, data: [UInt8], mask: [UInt8]) -> PlannedFrame {
    let asked: [UInt8] = value.byte == nil ? [0, 4] : [0, 0]
    return PlannedFrame(
      request: KP184Frame.framed(
        [unit, 3] + ModbusFrame.bytes(UInt16(value.address)) + asked, order),
      reply: KP184Frame.framed([unit, 3, UInt8(data.count)] + data, order),
      mask: [0xFF, 0xFF, 0] + mask + [0, 0])
  }

  private func bytes(_ number: UInt32, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * (size - 1 - $0))) }
  }
}
