import ArgumentParser
import CRealtime
import Foundation

/// `lockstep demo-study`: the demo over many seeds, scored against the truth, as a table.
struct DemoStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo-study", abstract: "Run the demo for a range of seeds and write the scores.",
    discussion: """
      Seeds 1 to 99 are for tuning, the others for reporting.

      Example: lockstep demo-study --first 101 --last 110 --out bench-docs/validation.md
      """)

  @Option(help: "First seed.")
  var first: UInt64 = 101

  @Option(help: "Last seed.")
  var last: UInt64 = 110

  @Option(help: ArgumentHelp("Where runs are kept.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard first <= last else { throw ValidationError("--first must not be after --last") }
  }

  func run() throws {
    let signals = lockstep_signal_descriptor()
    var rows: [String] = []
    for seed in first...last {
      let row = try row("demo", seed, signals)
      print(row)
      rows.append(row)
    }
    try (Self.head + rows).joined(separator: "\n").appending("\n")
      .write(toFile: out, atomically: true, encoding: .utf8)
  }

  private func row(_ plant: String, _ seed: UInt64, _ signals: Int32) throws -> String {
    let place = data.map { ["--data", $0] } ?? []
    let child = try ChildProcess(
      ["demo", "--seed", "\(seed)", "--plant", plant, "--json"] + place, heard: true)
    let line = child.firstLine() ?? ""
    let status = child.wait(passingOn: signals)
    guard status == 0 else {
      throw CommandFailure(status: status, message: "seed \(seed) on \(plant): status \(status)")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(DemoScore.self, from: Data(line.utf8)).row(plant, seed)
  }

  private static let head = [
    "# Validation: the demo's charge against the truth", "",
    "Made by `make studies` (`lockstep demo-study`). One guarded, stepped run per row, start to",
    "end over real bytes: the twin learns for four hours, then charges at 10 degC, 6 A at most,",
    "from 10 to 80 %, keeping estimate - 2 sd of the negative potential at the separator at or",
    "above 10 mV. Plant: DFN on the standard mesh and 0.2 s steps with parameters, open-circuit",
    "potentials, charge and sensors drawn by the seed (`profiles/plants/demo.toml`); twin: an",
    "unscented filter of a DFN on the coarse mesh and 1 s steps (`bench-docs/shadow.md` says why).",
    "A DFN is not a real cell, and no plating margin has been validated on a real charge. *Held*: true",
    "potential at or above 10 mV in 99 % of the charge's instants and never below 0.", "",
    "| plant | seed | charge, min | lowest true potential, mV | below 10 mV | held "
      + "| potential error, mV rms | largest SOC error, % |",
    "|---|---|---|---|---|---|---|---|",
  ]
}

extension DemoScore {
  /// One line of the table.
  fileprivate func row(_ plant: String, _ seed: UInt64) -> String {
    func number(_ value: Double, _ digits: Int) -> String {
      String(format: "%.\(digits)f", value)
    }
    return "| \(plant) | \(seed) | \(number(chargeSecond / 60, 1)) "
      + "| \(number((lowestPotentialVolt ?? .nan) * 1000, 1)) "
      + "| \(violations) of \(instants) | \(isHeld ? "yes" : "**no**") "
      + "| \(number(potentialErrorRmsVolt * 1000, 2)) "
      + "| \(number(stateOfChargeErrorLargest * 100, 2)) |"
  }
}
