import Foundation
import Synchronization

/// A Modbus device that answers unit 0 alone, as an EA in its default compliance does; libmodbus as a
/// server answers no broadcast. Its own arithmetic, none of the product's.
final class UnitZeroDevice: Sendable {
  struct State: Sendable {
    var holding: [Int: Int] = [:]
    /// Sees a coil that is written; what it returns says whether the write is acknowledged.
    var coil: @Sendable (inout State, Int, Bool) -> Bool = { state, address, isOn in
      // Remote control and DC: their bits in the low word of the status.
      let bit = address == 402 ? 1 << 11 : 1 << 7
      let word = state.holding[506] ?? 0
      state.holding[506] = isOn ? word | bit : word & ~bit
      return true
    }
    /// Sees each read before it is answered.
    var look: @Sendable (inout State) -> Void = { _ in }

    mutating func setFloat(_ value: Float, at address: Int) {
      holding[address] = Int(value.bitPattern >> 16)
      holding[address + 1] = Int(value.bitPattern & 0xFFFF)
    }
  }

  let state = Mutex(State())
  let bytes: ByteDevice
  var client: Int32 { bytes.client }

  init(_ prepare: (inout State) -> Void) throws {
    bytes = try ByteDevice { _ in [] }
    state.withLock { prepare(&$0) }
    bytes.answer { [unowned self] request in state.withLock { Self.reply(to: request, &$0) } }
  }

  func stop() { bytes.stop() }
  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
  func word(_ address: Int) -> Int { state.withLock { $0.holding[address] ?? 0 } }

  struct Request: Sendable {
    var function: Int
    var address: Int
    var number: Int
    var isWrite: Bool { function > 4 }
  }

  var requests: [Request] {
    bytes.requests.map {
      Request(
        function: Int($0[1]), address: Int($0[2]) << 8 | Int($0[3]),
        number: Int($0[4]) << 8 | Int($0[5]))
    }
  }
  var writes: [Request] { requests.filter(\.isWrite) }

  private static func reply(to request: [UInt8], _ state: inout State) -> [UInt8] {
    guard request.count == 8, request[0] == 0,
      KP184Device.sealed(Array(request.dropLast(2)), highFirst: false) == request
    else { return [] }
    let address = Int(request[2]) << 8 | Int(request[3])
    let number = Int(request[4]) << 8 | Int(request[5])
    switch request[1] {
    case 3:
      let look = state.look
      look(&state)
      let words = (address..<(address + number)).map { state.holding[$0] ?? 0 }
      return KP184Device.sealed(
        [0, 3, UInt8(2 * number)] + words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
        highFirst: false)
    case 5:
      let coil = state.coil
      return coil(&state, address, number == 0xFF00) ? request : []
    case 6:
      state.holding[address] = number
      return request
    // Coils cannot be read in this compliance.
    default: return []
    }
  }
}
