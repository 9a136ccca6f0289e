internal import Quantities

/// A client of a device that takes lines of text, over a descriptor that somebody else opened and
/// will close.
///
/// One request at a time, from one thread; nothing is allocated after `init`. Whatever stood on the
/// line before a request, an echo or the rest of a reply, is thrown away.
public struct TextLine: ~Copyable {
  /// Name of the instrument, for errors.
  public let name: String
  private var line: ByteLine

  /// A line over `descriptor`, which must be open and configured.
  public init(name: String, descriptor: Int32, timing: LineTiming) throws(LineError) {
    guard let line = ByteLine(descriptor: descriptor, timing: timing) else {
      throw LineError(
        .badDescriptor, instrument: name, unit: 0, subject: .descriptor(descriptor),
        operation: .opening, timeoutMilliseconds: timing.replyTimeoutMilliseconds)
    }
    self.name = name
    self.line = line
  }

  /// Sends `query`, its terminator included, and reads the number in the one line that follows.
  ///
  /// - Parameter isInteger: a point or an exponent is no reply.
  public mutating func ask(
    _ query: UnsafeBufferPointer<UInt8>, isInteger: Bool = false
  ) throws(LineError) -> Double {
    let outcome = line.exchange(query, isWrite: false) { Self.firstLine($0) != nil }
    try check(outcome, .reading, query)
    guard let reply = Self.firstLine(line.received),
      let number = DecimalText.number(
        in: UnsafeBufferPointer(rebasing: line.received[reply]), isInteger: isInteger)
    else { throw error(.badReply, .reading, query) }
    return number
  }

  /// Sends `command`, its terminator included. Text devices acknowledge nothing: ask what it did.
  public mutating func send(_ command: UnsafeBufferPointer<UInt8>) throws(LineError) {
    try check(line.exchange(command, isWrite: true) { _ in true }, .writing, command)
  }

  /// The first line in `received` that is not empty, without what ends it; nil until it is whole.
  static func firstLine(_ received: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var start = 0
    // By index: in builds without optimisation an iterator allocates.
    for index in 0..<received.count
    where received[index] == UInt8(ascii: "\n") || received[index] == UInt8(ascii: "\r") {
      if index > start { return start..<index }
      start = index + 1
    }
    return nil
  }

  private func check(
    _ outcome: ByteLine.Outcome, _ operation: LineError.Operation,
    _ line: UnsafeBufferPointer<UInt8>
  ) throws(LineError) {
    switch outcome {
    case .answered: return
    case .silent: throw error(.timeout, operation, line)
    case .gone(let code): throw error(LineError.Code(rawValue: code), operation, line)
    }
  }

  private func error(
    _ code: LineError.Code, _ operation: LineError.Operation, _ text: UnsafeBufferPointer<UInt8>
  ) -> LineError {
    let shown = text.prefix { $0 >= 0x20 }
    return LineError(
      code, instrument: name, unit: 0, subject: .text(String(decoding: shown, as: UTF8.self)),
      operation: operation, timeoutMilliseconds: line.timing.replyTimeoutMilliseconds)
  }
}
