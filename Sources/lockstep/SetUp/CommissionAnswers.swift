import Commissioning
import Foundation
import Profiles

/// What the operator said to a commissioning, and what was left out.
struct CommissionAnswers: Codable {
  var by: String
  var chemistry: String
  var fireResponse: Bool
  var emergencyStop: CommissioningRecord.EmergencyStop
  /// What opens the way to rig ports only, one line each.
  var skipped: [String]
  var isRig: Bool
  /// Where each instrument is reached.
  var ports: [String: String]

  /// What it opens the way to.
  var scope: CommissioningRecord.Scope { isRig || !skipped.isEmpty ? .rig : .real }

  /// On one line, for a command's option.
  var text: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  init(text: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  /// Asks, or takes the options, or says what is skipped. Real ports without a terminal, without
  /// the option and without `--yes` are refused.
  init(_ command: CommissionCommand, limits: LimitsFile, places: BenchPorts) throws {
    by = command.by
    isRig = places.isRig
    ports = places.byInstrument
    skipped = []
    let asks = Operator.isThere && !command.yes && !places.isRig
    func left(_ what: String, _ option: String) throws -> String {
      guard command.yes || places.isRig else {
        throw CommandFailure(
          status: 2, message: "\(what): \(option) or a terminal to ask on is wanted")
      }
      return what
    }
    var fire = command.confirmFireResponse
    if !fire, asks {
      fire = Operator.confirms(
        "Fire response of bench-docs/first-hour.md, section 1: read, understood, means at hand?")
      guard fire else { throw CommandFailure(status: 2, message: "fire response: not confirmed") }
    }
    if !fire {
      skipped.append(try left("fire response not confirmed", "--confirm-fire-response"))
    }
    fireResponse = fire

    let typed =
      command.chemistry
      ?? (asks ? Operator.ask("Chemistry, as printed on the cell's data sheet:") : nil)
    if let typed {
      guard typed.lowercased() == limits.chemistry.lowercased() else {
        throw CommandFailure(
          status: 2,
          message:
            "chemistry \"\(typed)\": \(limits.path) is for \"\(limits.chemistry)\"; limits of "
            + "another chemistry must not be used")
      }
      chemistry = typed
    } else {
      chemistry = ""
      skipped.append(try left("chemistry not typed", "--chemistry TEXT"))
    }

    if command.estopTested {
      emergencyStop = .declared
    } else if asks {
      emergencyStop = .pressed
    } else {
      emergencyStop = .skipped
      skipped.append(
        try left("E-stop not pressed: the contactor's coil circuit is not tested", "--estop-tested")
      )
    }
  }
}
