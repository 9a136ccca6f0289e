import Foundation
import Quantities
import Testing
import Transports

/// One row of `fixtures/frames/manual.json` or `exchanges.json`.
struct FrameFixture: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var origin: String
  var framing: String
  var unit: Int
  var operation: String
  var address: Int
  var count: Int?
  var data: [Int]
  var request: String
  var reply: String

  var testDescription: String { "\(name) (\(framing), \(origin))" }
  var requestBytes: [UInt8] { bytes(request) }
  var replyBytes: [UInt8] { bytes(reply) }
  var wrapping: SafePlan.Framing { framing == "tcp" ? .tcp : .rtu }

  static let all = load("manual") + load("exchanges")

  static func load(_ name: String) -> [FrameFixture] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "fixtures/frames/\(name).json")
    do {
      return try JSONDecoder().decode([FrameFixture].self, from: Data(contentsOf: file))
    } catch {
      Issue.record("\(file.path()): \(error)")
      return []
    }
  }

  /// Does on `line` what the row describes; what came back, for reads.
  func perform(on line: inout ModbusLine) throws(LineError) -> [Int] {
    var words = [UInt16](repeating: 0, count: count ?? max(1, data.count))
    var bits = [UInt8](repeating: 0, count: words.count)
    let given = data.map { UInt16($0) }
    switch operation {
    case "read1", "read2":
      let function = operation == "read1" ? 1 : 2
      try bits.withUnsafeMutableBufferPointer { buffer throws(LineError) in
        try line.readBits(function: function, address: address, into: buffer)
      }
      return bits.map(Int.init)
    case "read3", "read4":
      let function = operation == "read3" ? 3 : 4
      try words.withUnsafeMutableBufferPointer { buffer throws(LineError) in
        try line.readWords(function: function, address: address, into: buffer)
      }
      return words.map(Int.init)
    case "write5": try line.writeCoil(data[0] != 0, address: address)
    case "write5number": try line.writeCoilNumber(given[0], address: address)
    case "write6": try line.writeWord(given[0], address: address)
    case "write16":
      try given.withUnsafeBufferPointer { buffer throws(LineError) in
        try line.writeWords(buffer, address: address)
      }
    default:
      try given.withUnsafeBufferPointer { source throws(LineError) in
        try words.withUnsafeMutableBufferPointer { buffer throws(LineError) in
          try line.exchangeWords(source, address: address, readingFrom: 2, into: buffer)
        }
      }
      return words.map(Int.init)
    }
    return data
  }

  private func bytes(_ text: String) -> [UInt8] {
    text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
  }
}
