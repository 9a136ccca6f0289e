import ArgumentParser
import DigitalTwin
import Electrochemistry
import Estimation
import Instruments
import Profiles
import Protocols
import Safety
import Transports

/// How a command ends when it does not end well: exit status and one line.
struct CommandFailure: Error, CustomStringConvertible {
  /// See the root command's help.
  var status: Int32
  /// What, where, value, what is allowed.
  var message: String

  var description: String { message }

  init(status: Int32, message: String) {
    self.status = status
    self.message = message
  }

  /// Sorts any error by kind.
  ///
  /// - Parameter message: what ArgumentParser would print, for its own errors.
  init(_ error: any Error, message: @autoclosure () -> String) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let code as ExitCode: self.init(status: code.rawValue, message: "")
    case is ProfileError, is EnvelopeError, is StepSyntaxError:
      self.init(status: 2, message: "\(error)")
    case is InstrumentError, is LineError, is PortError:
      self.init(status: 3, message: "\(error)")
    case is ModelError, is EstimationError:
      self.init(status: 4, message: "\(error)")
    default:
      let parser = Lockstep.exitCode(for: error)
      let text = message()
      self.init(
        status: parser.isSuccess ? 0 : 2,
        message: parser.isSuccess ? text : Self.oneLine(text))
    }
  }

  /// ArgumentParser's message without its usage lines.
  private static func oneLine(_ text: String) -> String {
    let line = text.split(separator: "\n").first.map(String.init) ?? text
    return line.hasPrefix("Error: ") ? String(line.dropFirst(7)) : line
  }
}
