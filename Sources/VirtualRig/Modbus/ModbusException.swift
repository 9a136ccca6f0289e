/// Why a device refuses a request: the exception code that it sends (Modbus application protocol
/// V1.1b3, section 7), or nothing at all.
enum ModbusException: UInt8, Error {
  case illegalFunction = 1
  case illegalAddress = 2
  case illegalValue = 3
  case deviceFailure = 4
  /// The device does not answer; never sent.
  case silence = 0
}
