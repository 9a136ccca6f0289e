import Foundation
import Quantities
import Testing

/// One row of `fixtures/frames/safe-plans.json`: what an independent implementation would send to
/// make a device safe, and what the device answers.
struct SafePlanFixture: Decodable, Sendable, CustomTestStringConvertible {
  struct Exchange: Decodable, Sendable {
    var request: String
    var reply: String
    var requestBytes: [UInt8] { Self.bytes(request) }
    var replyBytes: [UInt8] { Self.bytes(reply) }
    static func bytes(_ text: String) -> [UInt8] {
      text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }
  }

  var profile: String
  var origin: String
  var framing: String
  var exchanges: [Exchange]

  var testDescription: String { "\(profile) (\(framing))" }
  var wrapping: SafePlan.Framing {
    switch framing {
    case "tcp": .tcp
    case "kp184-high": .kp184HighFirst
    case "kp184-low": .kp184LowFirst
    default: .rtu
    }
  }

  static let all: [SafePlanFixture] = {
    let file = Shipped.root.appending(path: "fixtures/frames/safe-plans.json")
    do {
      return try JSONDecoder().decode([SafePlanFixture].self, from: Data(contentsOf: file))
    } catch {
      Issue.record("\(file.path()): \(error)")
      return []
    }
  }()

  static let meters = all.filter { $0.profile == "generic-modbus-float-meter" }
  static let devices = all.filter { $0.profile != "generic-modbus-float-meter" }
}
