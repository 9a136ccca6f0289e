import ArgumentParser
import Bench
import Commissioning
import Foundation
import Guard
import Profiles
import Quantities

/// `lockstep commission-controller`: what the guard spawns for a commissioning. Not for a person.
struct CommissionControllerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commission-controller", abstract: "Drive a wiring test under a guard.",
    discussion: "Example: lockstep commission demo --by \"M. Faraday\"", shouldDisplay: false)

  @Argument var folder: String
  @Option var bench: String
  @Option var pace: RunCommand.PaceChoice
  @Option var digest: String
  @Option var answers: String
  @Option(name: .customLong("heartbeat")) var heartbeatDescriptor: Int32
  @Option(name: .customLong("guard")) var guardDescriptor: Int32
  @Option var port: [String] = []
  @OptionGroup var output: JSONOption

  /// How long the operator has to press the E-stop.
  private static let pressing = Seconds(60)

  func run() throws {
    let (inherited, life) = try SetUpController.inherit(
      heartbeat: heartbeatDescriptor, guardPipe: guardDescriptor, ports: port)
    let answers = try CommissionAnswers(text: answers)
    let controller = try SetUpController(
      bench: bench, folder: folder, digest: digest, pace: pace, inherited: inherited, life: life)
    let terms = try controller.plan.wiringTerms(
      emergencyStop: answers.emergencyStop == .pressed ? Self.pressing : nil)
    var findings: [Finding] = []
    let json = output.json
    let outcome = try controller.run([WiringTest(terms)]) {
      say($0)
    } seen: { procedure in
      guard let test = procedure as? WiringTest else { return }
      if !json {
        for finding in test.findings.dropFirst(findings.count) {
          print("\(finding.passed ? "ok  " : "FAIL") \(finding)")
        }
        fflush(nil)
      }
      findings = test.findings
    }
    let record = record(answers, controller.plan, findings)
    if outcome.status == 0 { try keep(record, controller.plan) }
    if json, outcome.status < 2 {
      try JSONOption.print(
        Report(status: outcome.status, message: outcome.message, commissioning: record))
    } else if outcome.status == 0 {
      print(
        "bench \(record.bench): commissioned by \(record.by) for \(record.scope.rawValue) ports, "
          + "\(findings.count) figures kept")
    }
    guard outcome.status != 0 else { return }
    throw CommandFailure(status: Int32(outcome.status), message: outcome.message)
  }

  private struct Report: Encodable {
    var status: Int
    var message: String
    var commissioning: CommissioningRecord
  }

  private func keep(_ record: CommissioningRecord, _ plan: RunPlan) throws {
    do {
      try plan.records().keep(record)
    } catch { throw CommandFailure(status: 3, message: "\(error)") }
  }

  private func record(
    _ answers: CommissionAnswers, _ plan: RunPlan, _ findings: [Finding]
  ) -> CommissioningRecord {
    let now = Date().timeIntervalSince1970
    return CommissioningRecord(
      bench: plan.files.bench.name, asset: plan.files.bench.asset, by: answers.by, unixTime: now,
      time: LatchRecord.utc(now), scope: answers.scope, chemistry: answers.chemistry,
      fireResponseConfirmed: answers.fireResponse, emergencyStop: answers.emergencyStop,
      skipped: answers.skipped, findings: findings, ports: answers.ports, run: folder,
      hashes: plan.hashes)
  }

  private func say(_ line: String) {
    FileHandle.standardError.write(Data("commission: \(line)\n".utf8))
  }
}
