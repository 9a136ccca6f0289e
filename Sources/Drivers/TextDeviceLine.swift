internal import Profiles
internal import Quantities
internal import Transports

/// Numbers in lines of text.
final class TextDeviceLine: DeviceLine {
  /// Bytes of one value's lines, made once.
  private struct Lines {
    var query: [UInt8] = []
    var before: [UInt8] = []
    var after: [UInt8] = []
    var hasNumber = false
    var decimals = 0
    var isInteger = false
  }

  private let lines: [Lines]
  private var line: TextLine
  private let command: UnsafeMutableBufferPointer<UInt8>

  init(_ profile: InstrumentProfile, _ line: consuming TextLine) {
    lines = profile.values.map { Self.lines($0, profile.transport.terminator.bytes) }
    self.line = line
    let longest = lines.map { $0.before.count + $0.after.count }.max() ?? 0
    command = .allocate(capacity: longest + 18)
    command.initialize(repeating: 0)
  }

  deinit { command.deallocate() }

  private static func lines(_ value: DeclaredValue, _ terminator: [UInt8]) -> Lines {
    guard let text = value.text else { return Lines() }
    var lines = Lines()
    if let query = text.query { lines.query = Array(query.utf8) + terminator }
    lines.decimals = text.decimals
    lines.isInteger = text.reply == .integer
    guard let send = text.send else { return lines }
    let place = send.firstRange(of: "{}")
    lines.hasNumber = place != nil
    lines.before = Array(send[..<(place?.lowerBound ?? send.endIndex)].utf8)
    lines.after = Array(send[(place?.upperBound ?? send.endIndex)...].utf8) + terminator
    return lines
  }

  func begin() {}

  var finding: String? { nil }

  func read(_ batch: ReadBatch, into counts: UnsafeMutableBufferPointer<Double>)
    throws(LineError)
  {
    let index = batch.slots[0].value
    counts[index] = try lines[index].query.withUnsafeBufferPointer { query throws(LineError) in
      try line.ask(query, isInteger: lines[index].isInteger)
    }
  }

  func write(_ count: Double, to index: Int) throws(LineError) {
    var end = 0
    append(lines[index].before, &end)
    if lines[index].hasNumber {
      end += DecimalText.write(
        count, decimals: lines[index].decimals,
        to: UnsafeMutableBufferPointer(rebasing: command[end...]))
    }
    append(lines[index].after, &end)
    try line.send(UnsafeBufferPointer(rebasing: command[..<end]))
  }

  private func append(_ bytes: [UInt8], _ end: inout Int) {
    for index in bytes.indices {
      command[end] = bytes[index]
      end += 1
    }
  }

  func exchange(_ count: Double, to index: Int, reading: Int) throws(LineError) -> Double {
    preconditionFailure("the decoder lets only Modbus profiles write and read at once")
  }
}
