internal import Profiles
internal import Quantities

/// One request of a safe plan and the reply that proves it.
struct PlannedFrame {
  var request: [UInt8]
  var reply: [UInt8]
  /// 0xFF where a byte of the reply counts.
  var mask: [UInt8]
}

/// How a dialect writes what a safe plan says.
protocol PlanFrames {
  /// How the guard frames.
  var framing: SafePlan.Framing { get }
  /// Writes `count` counts, which fit.
  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame
  /// Reads the value and wants `wanted`, in its unit; nil when no bytes say that.
  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame?
  /// Reads the value, whatever it is; where its number begins in the reply. Nil when the guard has no
  /// format for it.
  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)?
}

extension ModbusFrame: PlanFrames {
  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame {
    let words = value.words(for: count) ?? RegisterWords(0)
    let body: [UInt8]
    switch value.writeFunction {
    case 5 where value.isBit:
      body = Self.writeOne(5, address: value.address, word: words.first & 1 == 0 ? 0 : 0xFF00)
    case 5: body = Self.writeOne(5, address: value.address, word: words.first)
    case 6: body = Self.writeOne(6, address: value.address, word: words.first)
    default: body = Self.writeMany(address: value.address, words: words.array)
    }
    let reply = Array(body.prefix(5))
    return PlannedFrame(
      request: wrapped(body), reply: wrapped(reply), mask: mask(header: reply.count, data: []))
  }

  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame? {
    guard let (raw, mask) = value.rawPattern(of: wanted) else { return nil }
    // Bits beyond the one that was asked for are padding, and some devices fill it.
    return reading(value, data: data(raw, value), mask: data(mask, value))
  }

  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)? {
    let free = [UInt8](repeating: 0, count: value.encoding.wordCount * 2)
    return (reading(value, data: free, mask: free), front + 2)
  }

  private func reading(_ value: DeclaredValue, data: [UInt8], mask: [UInt8]) -> PlannedFrame {
    let function = value.readFunction ?? 3
    let body = Self.read(function, address: value.address, count: value.encoding.wordCount)
    return PlannedFrame(
      request: wrapped(body), reply: wrapped([UInt8(function), UInt8(data.count)] + data),
      mask: self.mask(header: 2, data: mask))
  }

  private func data(_ raw: UInt32, _ value: DeclaredValue) -> [UInt8] {
    let high = UInt16(truncatingIfNeeded: raw >> 16), low = UInt16(truncatingIfNeeded: raw)
    if value.isBit { return [UInt8(truncatingIfNeeded: raw)] }
    guard value.encoding.wordCount == 2 else { return Self.bytes(low) }
    return value.wordOrder == .highFirst
      ? Self.bytes(high) + Self.bytes(low) : Self.bytes(low) + Self.bytes(high)
  }
}

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

/// What a text device is told and asked.
struct TextPlanFrames: PlanFrames {
  let terminator: [UInt8]

  var framing: SafePlan.Framing { .text }

  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame {
    let line = value.text?.send ?? ""
    let number = decimal(count, value.text?.decimals ?? 0)
    return PlannedFrame(
      request: Array(line.replacing("{}", with: number).utf8) + terminator, reply: [], mask: [])
  }

  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame? {
    guard let query = value.text?.query else { return nil }
    let count = wanted == 0 ? 0 : wanted / value.constantScale
    guard count.isFinite, abs(count) <= DeclaredValue.largestDecimal else { return nil }
    let reply = Array(decimal(count, 6).utf8) + [UInt8(ascii: "\n")]
    return PlannedFrame(
      request: Array(query.utf8) + terminator, reply: reply,
      mask: Array(repeating: 0xFF, count: reply.count))
  }

  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)? {
    guard let query = value.text?.query else { return nil }
    return (
      PlannedFrame(
        request: Array(query.utf8) + terminator, reply: [UInt8(ascii: "0"), UInt8(ascii: "\n")],
        mask: [0, 0]), 0
    )
  }

  private func decimal(_ number: Double, _ decimals: Int) -> String {
    String(unsafeUninitializedCapacity: 18) { buffer in
      DecimalText.write(number, decimals: decimals, to: buffer)
    }
  }
}
