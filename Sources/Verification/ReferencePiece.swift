import Electrochemistry
import Foundation
import Protocols
import Quantities

/// A part of an experiment under one control.
struct ReferencePiece {
  var control: CellControl
  /// s.
  var duration: Double
  var stops: [StopCondition] = []

  /// All parts of a case in order.
  ///
  /// - Parameter folder: where a drive profile's file stands.
  static func all(of document: ReferenceDocument, in folder: URL) throws -> [ReferencePiece] {
    let profile = document.profile
    if let current = profile.current {
      let stop =
        current < 0
        ? StopCondition(.voltage, .atMost, document.lowerCutoff)
        : StopCondition(.voltage, .atLeast, document.upperCutoff)
      return [
        ReferencePiece(
          control: .current(current), duration: profile.longest ?? 1e6, stops: [stop])
      ]
    }
    if let file = profile.file {
      let table = try ReferenceTable(folder.appending(path: file))
      let (t, i) = (try table.column("test_time_second"), try table.column("current_ampere"))
      return (1..<max(t.count, 1)).map {
        ReferencePiece(control: .ramp(from: i[$0 - 1], to: i[$0]), duration: t[$0] - t[$0 - 1])
      }
    }
    return try (profile.cycles ?? []).flatMap { $0 }.map {
      try ReferencePiece(
        ProtocolStep(parsing: $0.step, grammar: .simulation),
        nominal: AmpereHours(document.nominalCapacity))
    }
  }

  private init(control: CellControl, duration: Double, stops: [StopCondition] = []) {
    self.control = control
    self.duration = duration
    self.stops = stops
  }

  private init(_ step: ProtocolStep, nominal: AmpereHours) throws {
    switch step.mode {
    case .rest: control = .current(0)
    case .current(let value): control = .current(value.amperes(nominal: nominal).value)
    case .hold(let voltage): control = .voltage(voltage.value)
    case .power(let power): control = .power(power.value)
    case .resistance(let ohms): control = .resistance(ohms.value)
    case .chamber, .currentThenHold:
      throw ReferenceTable.Refusal(description: "\"\(step.text)\": no single control")
    }
    duration = step.timeLimit.value
    for end in step.ends {
      switch end {
      case .duration: break
      case .voltage(let side, let bound):
        stops.append(
          StopCondition(.voltage, side == .atLeast ? .atLeast : .atMost, bound.value))
      case .currentBelow(let bound):
        stops.append(
          StopCondition(
            .currentMagnitude, .atMost, bound.amperes(nominal: nominal).value.magnitude))
      default:
        throw ReferenceTable.Refusal(description: "\"\(step.text)\": end \(end) is not compared")
      }
    }
  }
}
