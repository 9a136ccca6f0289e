import ArgumentParser
import CRealtime
import Foundation

/// `lockstep demo-study`: the demo over many seeds, scored against the truth, as a table.
struct DemoStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo-study", abstract: "Run the demo for a range of seeds and write the scores.",
    discussion: """
      Seeds 1 to 99 are for tuning, the others for reporting.

      Example: lockstep demo-study --first 101 --last 120 --out bench-docs/validation.md
      """)

  @Option(help: "First seed.")
  var first: UInt64 = 101

  @Option(help: "Last seed.")
  var last: UInt64 = 120

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
    var scores: [DemoScore] = []
    for seed in first...last {
      let score = try DemoScore.ofDemo(seed: seed, data: data, passingOn: signals)
      let row = score.row(seed)
      print(row)
      fflush(lockstep_stdout())
      rows.append(row)
      scores.append(score)
      // A study that is stopped keeps what it has.
      try (Self.head + rows + Self.summary(scores)).joined(separator: "\n").appending("\n")
        .write(toFile: out, atomically: true, encoding: .utf8)
    }
  }

  private static func summary(_ scores: [DemoScore]) -> [String] {
    func count(_ isTrue: (DemoScore) -> Bool) -> String {
      "\(scores.count(where: isTrue)) of \(scores.count)"
    }
    let speeds = scores.compactMap(\.timesRealTime).sorted()
    let middle = speeds.isEmpty ? Double.nan : speeds[speeds.count / 2]
    return [
      "", "- Report right: \(count(\.isVerdictRight)); ride held: \(count(\.isHeld)).",
      "- Ride truly sooner, for equal true charge: \(count { ($0.trueDifferenceSecond ?? 0) < 0 }).",
      "- Times real time: median \(DemoScore.number(middle, 0)), least "
        + "\(DemoScore.number(speeds.first ?? .nan, 0)).",
    ]
  }

  private static let head = [
    "# Validation: the demo's charges against the truth", "",
    "Made by `make studies` (`lockstep demo-study`). One guarded, stepped campaign per seed over real bytes",
    "(`profiles/campaigns/demo.toml`): pulses, designed identification, two pairs of charges from 10 to 70 % at",
    "10 degC and 6 A at most, one of each pair by the twin, which rides estimate - 2 sd of the negative potential at",
    "the separator at 10 mV, one by the fastest constant current and voltage that the twin says keep the same",
    "margin; identification again between the pairs. Plant: DFN on the standard mesh and 0.2 s steps with",
    "parameters, open-circuit potentials, charge and sensors drawn by the seed (`profiles/plants/demo.toml`); twin:",
    "an unscented filter of a DFN on the coarse mesh and 1 s steps (`bench-docs/shadow.md` says why). A DFN is not a",
    "real cell, and no plating margin has been validated on a real charge. *Held*: true potential at or above 10 mV",
    "in 99 % of a charge's instants and never below 0. *Report right*: it has the truth's sign of the time gained (for",
    "equal true charge), and says of every charge whether its margin was kept as the truth does. *Times real time*:",
    "length of the run over the processor time of rig, guard and controller together; goal 300.",
    "",
    "| seed | ride, min | cccv, min | faster by, % | lowest true potential, ride / cccv, mV | ride held "
      + "| report right | potential error, mV rms | over 5 mV too high, % | times real time |",
    "|---|---|---|---|---|---|---|---|---|---|",
  ]
}

extension DemoScore {
  /// One line of the table.
  fileprivate func row(_ seed: UInt64) -> String {
    func mean(_ side: String) -> Double {
      let times = charges.filter { $0.arm == side }.map(\.chargeSecond)
      return times.reduce(0, +) / Double(max(times.count, 1))
    }
    func lowest(_ side: String) -> String {
      let values = charges.filter { $0.arm == side }.compactMap(\.lowestPotentialVolt)
      return Self.number((values.min() ?? .nan) * 1000, 1)
    }
    let (own, other) = (mean("prescription"), mean("baseline"))
    let error = closedLoop.map(\.potentialErrorRmsVolt).max() ?? .nan
    let optimistic = closedLoop.map(\.optimisticShare).max() ?? .nan
    return "| \(seed) | \(Self.number(own / 60, 1)) | \(Self.number(other / 60, 1)) "
      + "| \(Self.number(100 * (1 - own / other), 0)) "
      + "| \(lowest("prescription")) / \(lowest("baseline")) | \(isHeld ? "yes" : "**no**") "
      + "| \(isVerdictRight ? "yes" : "**no**") | \(Self.number(error * 1000, 2)) "
      + "| \(Self.number(optimistic * 100, 1)) | \(Self.number(timesRealTime ?? .nan, 0)) |"
  }
}
