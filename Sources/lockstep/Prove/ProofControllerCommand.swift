import ArgumentParser
import Bench
import Commissioning
import Foundation
import Quantities

/// `lockstep proof-controller`: what `prove` lets a guard spawn. Not for a person.
struct ProofControllerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof-controller", abstract: "Drive one part of a proof under a guard.",
    discussion: "Example: lockstep prove demo --by \"M. Faraday\"", shouldDisplay: false)

  /// What is driven.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    /// Measures what the relay makes of a second closing.
    case rearm
    /// The supply drives the test current until somebody ends it.
    case source
    /// The load does.
    case load
    /// Opens the bench and makes it safe.
    case rest
  }

  @Argument var folder: String
  @Option var bench: String
  @Option var pace: RunCommand.PaceChoice
  @Option var digest: String
  @Option var part: Part
  @Option(name: .customLong("heartbeat")) var heartbeatDescriptor: Int32
  @Option(name: .customLong("guard")) var guardDescriptor: Int32
  @Option var port: [String] = []

  /// What `rearm` leaves in its folder.
  struct Rearming: Codable {
    static let file = "rearming.json"
    var scheme: RearmScheme
    var single: Double
    var double: Double
  }

  func run() throws {
    let (inherited, life) = try SetUpController.inherit(
      heartbeat: heartbeatDescriptor, guardPipe: guardDescriptor, ports: port)
    let controller = try SetUpController(
      bench: bench, folder: folder, digest: digest, pace: pace, inherited: inherited, life: life)
    var said = false
    let outcome = try controller.run(procedures(controller)) {
      say($0)
    } seen: { procedure in
      if let held = procedure as? HeldCurrent, held.isFlowing, !said {
        said = true
        say("flowing")
      }
      if let test = procedure as? RearmTest { try? keep(test) }
    }
    guard outcome.status != 0 else { return }
    throw CommandFailure(status: Int32(outcome.status), message: outcome.message)
  }

  private func procedures(_ controller: SetUpController) -> [any Procedure] {
    let current = controller.plan.testCurrent
    // Of two relays in turn each has then held the current alone.
    let through = controller.bench.wiring.hold * 2
    // By the monotonic clock two minutes; a stepped clock runs hundreds of times faster.
    let limit = through + Seconds(pace == .real ? 120 : 36_000)
    func held(_ current: Amperes) -> HeldCurrent {
      HeldCurrent(current, tolerance: controller.plan.testTolerance, limit: limit, through: through)
    }
    return switch part {
    case .rearm: [RearmTest(hold: controller.bench.wiring.hold)]
    case .source: [held(current)]
    case .load: [held(-current)]
    case .rest: []
    }
  }

  private func keep(_ test: RearmTest) throws {
    guard let scheme = test.scheme, let single = test.single, let double = test.double else {
      return
    }
    let result = Rearming(scheme: scheme, single: single.value, double: double.value)
    try JSONEncoder().encode(result).write(to: URL(filePath: folder + "/" + Rearming.file))
  }

  /// To the prover, which times it.
  private func say(_ line: String) {
    let bytes = Array("prove: \(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
