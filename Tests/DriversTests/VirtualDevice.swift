import CModbus
import Foundation
import Glibc
import Synchronization

/// A device on a pseudo-terminal: libmodbus as server on the master, on a thread of its own.
///
/// `behaviour` sees every request before libmodbus answers it and may change what it answers from.
final class VirtualDevice: Sendable {
  /// What to do with a request.
  enum Answer { case normal, silence, silenceAfterDoing, echo }

  /// A request's function, address and first word or count, and the whole frame.
  struct Request: Sendable, Hashable {
    var frame: [UInt8]
    var function: Int { Int(frame[1]) }
    var address: Int { word(2) }
    var number: Int { word(4) }
    var isWrite: Bool { [5, 6, 16, 23].contains(function) }
    func word(_ offset: Int) -> Int { Int(frame[offset]) << 8 | Int(frame[offset + 1]) }
  }

  /// The device's memory.
  struct Memory: @unchecked Sendable {
    let mapping: UnsafeMutablePointer<modbus_mapping_t>
    var holding: UnsafeMutablePointer<UInt16> { mapping.pointee.tab_registers }
    var input: UnsafeMutablePointer<UInt16> { mapping.pointee.tab_input_registers }
    var coils: UnsafeMutablePointer<UInt8> { mapping.pointee.tab_bits }
    func setFloat(_ value: Float, at address: Int, in table: UnsafeMutablePointer<UInt16>) {
      table[address] = UInt16(value.bitPattern >> 16)
      table[address + 1] = UInt16(truncatingIfNeeded: value.bitPattern)
    }
    func float(at address: Int) -> Float {
      Float(bitPattern: UInt32(holding[address]) << 16 | UInt32(holding[address + 1]))
    }
  }

  private struct State {
    var memory: Memory
    var requests: [Request] = []
    var behaviour: @Sendable (Request, Memory) -> Answer
    var stopped = false
  }

  let client: Int32
  private let master: Int32
  private let state: Mutex<State>
  private let ended = DispatchSemaphore(value: 0)

  init(
    unit: Int = 1, prepare: (Memory) -> Void = { _ in },
    behaviour: @escaping @Sendable (Request, Memory) -> Answer = { _, _ in .normal }
  ) throws {
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
    guard let mapping = modbus_mapping_new(0x600, 0x20, 0x1000, 0x100),
      let context = modbus_new_rtu("/dev/null", 9600, CChar(UInt8(ascii: "N")), 8, 1)
    else { throw POSIXError(.ENOMEM) }
    let memory = Memory(mapping: mapping)
    prepare(memory)
    state = Mutex(State(memory: memory, behaviour: behaviour))
    modbus_set_slave(context, Int32(unit))
    modbus_set_socket(context, master)
    modbus_set_indication_timeout(context, 0, 20_000)
    nonisolated(unsafe) let server = context
    Thread.detachNewThread { [self] in
      var query = [UInt8](repeating: 0, count: 260)
      while !isStopped { answer(server, &query) }
      modbus_free(server)
      ended.signal()
    }
  }

  /// Must be called: the thread holds the device.
  func stop() {
    state.withLock { $0.stopped = true }
    _ = ended.wait(timeout: .now() + 10)
    close(client)
    close(master)
    state.withLock { modbus_mapping_free($0.memory.mapping) }
  }

  private var isStopped: Bool { state.withLock { $0.stopped } }

  var requests: [Request] { state.withLock { $0.requests } }
  var writes: [Request] { requests.filter(\.isWrite) }
  func forget() { state.withLock { $0.requests = [] } }
  func behave(_ behaviour: @escaping @Sendable (Request, Memory) -> Answer) {
    state.withLock { $0.behaviour = behaviour }
  }
  func inspect<T: Sendable>(_ look: (Memory) -> T) -> T { state.withLock { look($0.memory) } }

  private func answer(_ server: OpaquePointer, _ query: inout [UInt8]) {
    let count = modbus_receive(server, &query)
    guard count > 0 else { return }
    state.withLock { state in
      let request = Request(frame: Array(query.prefix(Int(count))))
      state.requests.append(request)
      switch state.behaviour(request, state.memory) {
      case .normal: modbus_reply(server, query, count, state.memory.mapping)
      case .silence: return
      case .silenceAfterDoing: carryOut(request, state.memory)
      case .echo: modbus_send_raw_request(server, query, count - 2)
      }
    }
  }

  private func carryOut(_ request: Request, _ memory: Memory) {
    switch request.function {
    case 5: memory.coils[request.address] = request.number == 0xFF00 ? 1 : 0
    case 6: memory.holding[request.address] = UInt16(request.number)
    case 16:
      for word in 0..<request.number {
        memory.holding[request.address + word] = UInt16(request.word(7 + 2 * word))
      }
    default: return
    }
  }
}
