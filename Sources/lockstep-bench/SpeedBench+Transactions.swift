import CModbusReference
import CRealtime
import Glibc
import Quantities
import Transports

extension SpeedBench {
  /// A read of ten registers by `ModbusLine` over the same by libmodbus in C: one pseudo-terminal, one
  /// server thread, one client thread, in turns. By wall time, which is what a scan waits for.
  func transactionsAgainstC() throws -> OwnRatio {
    let pair = try TransactionPair()
    let timings = try Stopwatch.medians(rounds: 3 * rounds, [pair.ours, pair.inC])
    return OwnRatio(
      name: "transaction_to_c", work: "Modbus read of ten registers in Swift over libmodbus in C",
      value: timings[0].wall / timings[1].wall,
      remark:
        "wall \(figure(1e3 * timings[0].wall)) us over \(figure(1e3 * timings[1].wall)) us, CPU "
        + "\(figure(1e3 * timings[0].cpu)) us over \(figure(1e3 * timings[1].cpu)) us; "
        + "Swift also looks for leftovers before each request")
  }
}

/// Both clients of one server on one pseudo-terminal.
private final class TransactionPair {
  private let server: OpaquePointer
  private let client: OpaquePointer
  private var line: ModbusLine
  private let ends: (master: Int32, slave: Int32)
  private let words = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: 10)

  init() throws {
    var master: Int32 = -1, slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 64)
    let code = lockstep_pty_open(&master, &slave, &name, name.count)
    guard code == 0 else { throw BenchFailure("no pseudo-terminal: errno \(code)") }
    // The server waits in select(2); a pair opened for the rig does not block.
    _ = lockstep_set_nonblocking(master, 0)
    words.initialize(repeating: 0)
    guard let server = lockstep_reference_serve(master, 10),
      let client = lockstep_reference_connect(slave, 1000)
    else { throw BenchFailure("no libmodbus server and client: errno \(errno)") }
    (self.server, self.client, ends) = (server, client, (master, slave))
    line = try ModbusLine(
      name: "bench", descriptor: slave, framing: .rtu, unit: 1,
      timing: LineTiming(replyTimeoutMilliseconds: 1000, pacing: .stepped))
  }

  deinit {
    lockstep_reference_disconnect(client)
    lockstep_reference_stop(server)
    close(ends.slave)
    close(ends.master)
    words.deallocate()
  }

  func ours() throws {
    try line.readWords(function: 3, address: 0, into: words)
    guard words[9] == 9 * 257 else { throw BenchFailure("a wrong number was read") }
  }

  func inC() throws {
    guard lockstep_reference_read(client, 10, words.baseAddress, 1) == 1, words[9] == 9 * 257
    else { throw BenchFailure("a transaction in C failed") }
  }
}
