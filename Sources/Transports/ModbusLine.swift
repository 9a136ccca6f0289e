private import CModbus
private import CRealtime
private import Glibc
public import Quantities

/// A Modbus client over a descriptor that somebody else opened and will close.
///
/// One request at a time, from one thread. Reads go into the caller's buffers; nothing is allocated
/// after `init`. Before each request leftovers are thrown away; after a failed one the line is
/// listened to until it is silent, so that a late reply is not taken for the next one's. (RTU has no
/// transaction number: a reply later than a quarter of the timeout past it can still deceive.)
public struct ModbusLine: ~Copyable {
  // libmodbus waits by select(2), which aborts the process on larger descriptors.
  static let descriptorLimit: Int32 = 1024

  /// Name of the instrument, for errors.
  public let name: String
  /// The descriptor; not owned.
  public let descriptor: Int32
  /// How frames are wrapped.
  public let framing: SafePlan.Framing
  /// Unit id. 0 is allowed: some devices answer there.
  public let unit: Int
  /// Timing in force.
  public let timing: LineTiming
  let context: OpaquePointer
  let scratch: UnsafeMutablePointer<UInt8>
  static let scratchCount = Int(MODBUS_MAX_ADU_LENGTH)
  private var quietUntil: Int64 = 0

  /// A line over `descriptor`, which must be open, below 1024 and configured.
  ///
  /// C functions: `modbus_new_rtu`, `modbus_new_tcp`, `modbus_set_socket`.
  public init(
    name: String, descriptor: Int32, framing: SafePlan.Framing, unit: Int, timing: LineTiming
  ) throws(LineError) {
    func failure(_ code: LineError.Code) -> LineError {
      LineError(
        code, instrument: name, unit: unit, subject: .descriptor(descriptor), operation: .opening,
        timeoutMilliseconds: timing.replyTimeoutMilliseconds)
    }
    guard 0..<Self.descriptorLimit ~= descriptor, fcntl(descriptor, F_GETFD) >= 0 else {
      throw failure(.badDescriptor)
    }
    guard 0...247 ~= unit else { throw failure(.invalid) }
    // The device's name is never opened: bytes flow through the descriptor set below.
    let made =
      framing == .rtu
      ? modbus_new_rtu("/dev/null", 9600, CChar(UInt8(ascii: "N")), 8, 1)
      : modbus_new_tcp("127.0.0.1", 502)
    guard let made else { throw failure(LineError.Code(rawValue: errno)) }
    let milliseconds = timing.replyTimeoutMilliseconds
    let status =
      modbus_set_slave(made, Int32(unit)) | modbus_set_socket(made, descriptor)
      | modbus_set_error_recovery(made, MODBUS_ERROR_RECOVERY_NONE)
      | modbus_set_response_timeout(
        made, UInt32(milliseconds / 1000), UInt32(milliseconds % 1000) * 1000)
      // No timeout between bytes: the reply timeout then holds for the whole reply.
      | modbus_set_byte_timeout(made, 0, 0)
    guard status == 0 else {
      let code = errno
      modbus_free(made)
      throw failure(LineError.Code(rawValue: code))
    }
    self.name = name
    self.descriptor = descriptor
    self.framing = framing
    self.unit = unit
    self.timing = timing
    context = made
    scratch = .allocate(capacity: Self.scratchCount)
  }

  // modbus_free leaves the descriptor alone; modbus_close would not.
  deinit {
    modbus_free(context)
    scratch.deallocate()
  }

  /// The one funnel: keeps the gap, clears leftovers, calls, maps the result. `call` returns what a
  /// libmodbus function returns; anything but `expected` is a failure.
  mutating func exchange(
    _ operation: LineError.Operation, _ register: Int, expecting expected: Int,
    _ call: (OpaquePointer, UnsafeMutablePointer<UInt8>) -> Int32
  ) throws(LineError) {
    if timing.pacing == .real, quietUntil > 0 {
      while lockstep_sleep_until(quietUntil) != 0 {}
    }
    drain()
    errno = 0
    let result = call(context, scratch)
    let code = errno
    if timing.pacing == .real {
      let gap =
        operation == .writing
        ? max(timing.gapNanoseconds, timing.gapAfterWriteNanoseconds) : timing.gapNanoseconds
      quietUntil = lockstep_monotonic_nanoseconds() + gap
    }
    guard result != Int32(expected) else { return }
    let mapped = result < 0 && code != 0 ? LineError.Code(rawValue: code) : .badReply
    let error = failure(mapped, operation, register)
    if !error.isRefusal { resynchronise() }
    throw error
  }

  func failure(
    _ code: LineError.Code, _ operation: LineError.Operation, _ register: Int
  ) -> LineError {
    LineError(
      code, instrument: name, unit: unit, subject: .address(register), operation: operation,
      timeoutMilliseconds: timing.replyTimeoutMilliseconds)
  }
}
