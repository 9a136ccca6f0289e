import Profiles
import Quantities

extension Prover {
  /// Each blow with what drives the current meanwhile: both for a death, the device itself for its line.
  var plannedBlows: [(ProofBlow, ProofControllerCommand.Part)] {
    let bench = setUp.plan.files.bench
    var planned: [(ProofBlow, ProofControllerCommand.Part)] = []
    for part in [ProofControllerCommand.Part.source, .load] {
      for blow in ProofBlow.deaths { planned.append((blow, part)) }
    }
    for (index, instrument) in bench.instruments.enumerated()
    where setUp.open.framings[index] == .rtu && Self.isSilenced(instrument.role) {
      planned.append((.silence(instrument.name), instrument.role == .source ? .source : .load))
    }
    return planned
  }

  private static func isSilenced(_ role: BenchInstrument.Role) -> Bool {
    role.drives || [.contactor, .meter, .thermometer].contains(role)
  }

  /// What is not done, one line each.
  var skipped: [String] {
    var skipped = [
      "no cable was pulled by hand: each line's output was stopped (tcflow) instead"
    ]
    for (index, instrument) in setUp.plan.files.bench.instruments.enumerated() {
      if setUp.open.framings[index] == .tcp {
        skipped.append("\(instrument.name): a socket, its line was not silenced")
      } else if !Self.isSilenced(instrument.role) {
        skipped.append(
          "\(instrument.name): a \(instrument.role.rawValue), its line was not silenced")
      }
    }
    return skipped
  }
}
