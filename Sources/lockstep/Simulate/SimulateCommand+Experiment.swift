import Foundation
import Profiles
import Protocols
import Records
import Simulation

extension SimulateCommand {
  /// What is done to the cell, and the files that say so.
  func experiment() throws -> (Experiment, inputs: [String]) {
    let given = [
      step.isEmpty ? nil : "--step", protocolName == nil ? nil : "--protocol",
      current == nil ? nil : "--current",
    ].compactMap(\.self)
    guard given.count == 1 else {
      throw CommandFailure(
        status: 2,
        message: given.isEmpty
          ? "one of --step, --protocol and --current is wanted"
          : "\(given.joined(separator: " and ")): only one of them is allowed")
    }
    if let current { return (.current(try profile(current)), [current]) }
    if let protocolName {
      let path = try ShippedProfiles.locate(kind: .protocol, name: protocolName)
      return (.steps(try ProtocolFile(path: path, grammar: .simulation).steps), [path])
    }
    do throws(StepSyntaxError) {
      var steps: [ProtocolStep] = []
      for text in step { steps.append(try ProtocolStep(parsing: text, grammar: .simulation)) }
      return (.steps(steps), [])
    } catch { throw CommandFailure(status: 2, message: "--step \(error)") }
  }

  private func profile(_ path: String) throws -> CurrentProfile {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw CommandFailure(status: 2, message: "--current \(path): cannot be read")
    }
    do {
      let table = try CurrentTable(parsing: Array(bytes), name: path)
      return try CurrentProfile(times: table.time, currents: table.current)
    } catch let error as CurrentProfile.Refusal {
      throw CommandFailure(status: 2, message: "\(path): \(error.problem)")
    } catch { throw CommandFailure(status: 2, message: "\(error)") }
  }
}

extension ExperimentError {
  /// Whether the user asked for something that cannot be, rather than the model giving up.
  var isInput: Bool {
    if case .tooManyRows = self { return true }
    return false
  }
}
