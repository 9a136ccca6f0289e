import Foundation
import Synchronization

/// A KP184 as its profile's sources describe it: enough of one to be driven. Its own arithmetic, none
/// of the product's.
final class KP184Device: Sendable {
  /// Which of the three acknowledgements a firmware sends.
  enum Acknowledgement: Int, CaseIterable, Sendable { case eight = 8, nine = 9, thirteen = 13 }

  struct State: Sendable {
    var registers: [Int: UInt32] = [0x0001: 1840, 0x010E: 1, 0x0110: 0, 0x0116: 500]
    var millivolts = 3700
    var milliamperes = 0
    var isHighFirst = true
    var acknowledgement = Acknowledgement.nine
    /// Requests in whose order no checksum fits.
    var refused = 0
    var noise: [UInt8] = []
    /// Writes that are obeyed and not acknowledged, or neither.
    var lostReplies = 0
    var lostWrites = 0
  }

  let state: Mutex<State>
  let bytes: ByteDevice
  var client: Int32 { bytes.client }

  init(_ prepare: (inout State) -> Void = { _ in }) throws {
    var initial = State()
    prepare(&initial)
    state = Mutex(initial)
    bytes = try ByteDevice { _ in [] }
    bytes.answer { [unowned self] request in state.withLock { Self.reply(to: request, &$0) } }
  }

  func stop() { bytes.stop() }
  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
  func register(_ address: Int) -> UInt32? { state.withLock { $0.registers[address] } }

  /// Addresses and numbers that were written.
  var writes: [[Int]] {
    bytes.requests.filter { $0.count == 13 }.map {
      [Int($0[2]) << 8 | Int($0[3]), $0[7..<11].reduce(0) { $0 << 8 | Int($1) }]
    }
  }

  static func sealed(_ body: [UInt8], highFirst: Bool) -> [UInt8] {
    var crc = 0xFFFF
    for byte in body {
      crc ^= Int(byte)
      for _ in 0..<8 { crc = crc % 2 == 1 ? crc / 2 ^ 0xA001 : crc / 2 }
    }
    let high = UInt8(crc / 256), low = UInt8(crc % 256)
    return body + (highFirst ? [high, low] : [low, high])
  }

  private static func reply(to request: [UInt8], _ state: inout State) -> [UInt8] {
    guard sealed(Array(request.dropLast(2)), highFirst: state.isHighFirst) == request,
      request.count >= 8, request[0] == 1
    else {
      state.refused += 1
      return []
    }
    let address = Int(request[2]) << 8 | Int(request[3])
    var body: [UInt8]
    switch (request[1], address) {
    case (3, 0x0300):
      let on = state.registers[0x010E] == 1, mode = state.registers[0x0110] ?? 0
      body = [1, 3, 0x1E, (on ? 1 : 0) | UInt8(mode << 1), 0]
      body += big(state.millivolts, 3) + big(on ? state.milliamperes : 0, 3) + big(0, 10)
    case (3, _):
      guard let number = state.registers[address] else { return [] }
      // The upper bytes of the mode are garbage.
      body = [1, 3, 4] + big(Int(number) + (address == 0x0110 ? 0x5500_0000 : 0), 4)
    default:
      if state.lostWrites > 0 {
        state.lostWrites -= 1
        return []
      }
      // The mode cannot be changed while it is on.
      let number = request[7..<11].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      if address != 0x0110 || state.registers[0x010E] == 0 { state.registers[address] = number }
      if state.lostReplies > 0 {
        state.lostReplies -= 1
        return []
      }
      switch state.acknowledgement {
      case .eight: body = Array(request[..<4] + request[9..<11])
      case .nine: body = Array(request[..<7])
      case .thirteen: body = Array(request[..<11])
      }
    }
    return state.noise + sealed(body, highFirst: state.isHighFirst)
  }

  private static func big(_ number: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(number >> (8 * (size - 1 - $0)) & 0xFF) }
  }
}
