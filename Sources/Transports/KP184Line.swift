public import Quantities

/// A client of a Kunkin KP184 over a descriptor that somebody else opened and will close.
///
/// One request at a time, from one thread; nothing is allocated after `init`. The order of the
/// checksum's bytes is found by asking: the status block in each order, and the one that is answered
/// holds until `forgetOrder`.
public struct KP184Line: ~Copyable {
  /// Name of the instrument, for errors.
  public let name: String
  /// Unit id.
  public let unit: Int
  /// The order that the device answered in; nil until it was asked.
  public private(set) var order: KP184Frame.ChecksumOrder?
  private var line: ByteLine
  private let frame: UnsafeMutablePointer<UInt8>

  /// A line over `descriptor`, which must be open and configured.
  public init(name: String, descriptor: Int32, unit: Int, timing: LineTiming) throws(LineError) {
    guard 0...255 ~= unit, let line = ByteLine(descriptor: descriptor, timing: timing) else {
      throw LineError(
        0...255 ~= unit ? .badDescriptor : .invalid, instrument: name, unit: unit,
        subject: .descriptor(descriptor), operation: .opening,
        timeoutMilliseconds: timing.replyTimeoutMilliseconds)
    }
    self.name = name
    self.unit = unit
    self.line = line
    frame = .allocate(capacity: KP184Frame.longest)
    frame.initialize(repeating: 0, count: KP184Frame.longest)
  }

  deinit { frame.deallocate() }

  /// Asks for the order anew with the next request: another firmware may answer now.
  public mutating func forgetOrder() { order = nil }

  /// Finds the order of the checksum, unless it is known, by reads alone.
  public mutating func findOrder() throws(LineError) -> KP184Frame.ChecksumOrder {
    if let order { return order }
    var failure: LineError?
    for candidate in KP184Frame.ChecksumOrder.allCases {
      do throws(LineError) {
        _ = try read(KP184Frame.statusAddress, KP184Frame.statusCount, candidate)
        order = candidate
        return candidate
      } catch { failure = failure ?? error }
    }
    throw failure ?? error(.timeout, .reading, KP184Frame.statusAddress)
  }

  /// The register at `address`.
  public mutating func readRegister(_ address: Int) throws(LineError) -> UInt32 {
    let start = try read(address, 4, findOrder())
    return KP184Frame.number(line.received, at: start, size: 4)
  }

  /// Reads the status block and hands its bytes to `body`; they are gone after it.
  public mutating func readStatus(
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws(LineError) {
    let start = try read(KP184Frame.statusAddress, KP184Frame.statusCount, findOrder())
    body(
      UnsafeBufferPointer(rebasing: line.received[start..<(start + KP184Frame.statusCount)]))
  }

  /// Writes `number` to the register at `address`; any of the three acknowledgements is taken.
  public mutating func write(_ number: UInt32, to address: Int) throws(LineError) {
    guard 0...0xFFFF ~= address else { throw error(.invalid, .writing, address) }
    let order = try findOrder(), unit = UInt8(unit)
    let count = KP184Frame.makeWrite(
      unit: unit, address: address, number: number, order: order, in: frame)
    let outcome = line.exchange(UnsafeBufferPointer(start: frame, count: count), isWrite: true) {
      KP184Frame.acknowledgement(unit: unit, address: address, order: order, in: $0) != nil
    }
    try check(outcome, .writing, address)
  }

  // Where the data begins in what was received.
  private mutating func read(
    _ address: Int, _ size: Int, _ order: KP184Frame.ChecksumOrder
  ) throws(LineError) -> Int {
    guard 0...0xFFFF ~= address else { throw error(.invalid, .reading, address) }
    let unit = UInt8(unit)
    let count = KP184Frame.makeRead(unit: unit, address: address, order: order, in: frame)
    let outcome = line.exchange(UnsafeBufferPointer(start: frame, count: count), isWrite: false) {
      KP184Frame.data(unit: unit, count: size, order: order, in: $0) != nil
    }
    try check(outcome, .reading, address)
    guard let start = KP184Frame.data(unit: unit, count: size, order: order, in: line.received)
    else { throw error(.badReply, .reading, address) }
    return start
  }

  private func check(
    _ outcome: ByteLine.Outcome, _ operation: LineError.Operation, _ address: Int
  ) throws(LineError) {
    switch outcome {
    case .answered: return
    case .silent: throw error(.timeout, operation, address)
    case .gone(let code): throw error(LineError.Code(rawValue: code), operation, address)
    }
  }

  private func error(
    _ code: LineError.Code, _ operation: LineError.Operation, _ address: Int
  ) -> LineError {
    LineError(
      code, instrument: name, unit: unit, subject: .address(address), operation: operation,
      timeoutMilliseconds: line.timing.replyTimeoutMilliseconds)
  }
}
