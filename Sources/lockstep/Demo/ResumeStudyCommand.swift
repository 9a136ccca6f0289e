import ArgumentParser
import CRealtime
import Foundation
import Kernels

/// `lockstep resume-study`: the demo's campaign killed again and again, beside the same campaign left alone.
struct ResumeStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume-study",
    abstract: "Kill the demo's campaign at random instants, resume it, compare its verdict.",
    discussion: """
      Every second time the controller is killed, else controller and guard at once. After each death the \
      bench is acknowledged and the run resumed.

      Example: lockstep resume-study --seed 101 --kills 20 --out bench-docs/resume-study.md
      """)

  @Option(help: "Of the rig.")
  var seed: UInt64 = 101

  @Option(help: "How often it is killed.")
  var kills = 20

  @Option(help: "Decides the instants.")
  var draw: UInt64 = 101

  @Option(help: ArgumentHelp("Where runs are kept.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard (1...1000).contains(kills) else { throw ValidationError("--kills: 1 to 1000 is allowed") }
  }

  func run() throws {
    let left = try DemoScore.ofDemo(seed: seed, data: data, passingOn: -1)
    // Not in the first seconds, nor when all is over.
    var stream = RandomStream(seed: draw)
    let last = Double(left.scans - 100)
    let instants = (0..<kills).map { _ in Int(30 + (last - 30) * stream.uniform()) }.sorted()
    var campaign = try KilledCampaign(seed: seed, data: data)
    let deaths = try instants.enumerated().map { number, scan in
      let death = try campaign.die(at: scan, withGuard: number % 2 == 1)
      print(death.row)
      fflush(lockstep_stdout())
      return death
    }
    let killed = try campaign.finish()
    try page(left, killed, deaths).write(toFile: out, atomically: true, encoding: .utf8)
    guard Self.isSame(left, killed) else {
      throw CommandFailure(status: 1, message: "the verdicts differ: see \(out)")
    }
  }

  /// Same arms with the same margins kept, and the same sign of the time gained.
  private static func isSame(_ a: DemoScore, _ b: DemoScore) -> Bool {
    guard let first = a.differenceSecond, let second = b.differenceSecond else { return false }
    return a.charges.map(\.arm) == b.charges.map(\.arm)
      && a.charges.map(\.isSaidKept) == b.charges.map(\.isSaidKept)
      && (first < 0) == (second < 0) && a.isVerdictRight == b.isVerdictRight
  }

  private func page(
    _ left: DemoScore, _ killed: DemoScore, _ deaths: [KilledCampaign.Death]
  ) -> String {
    func row(_ name: String, _ score: DemoScore) -> String {
      let charges = score.charges.map {
        "\($0.arm ?? "-") \(DemoScore.number($0.chargeSecond / 60, 1)) min, lowest "
          + "\(DemoScore.number(($0.lowestPotentialVolt ?? .nan) * 1000, 1)) mV, "
          + ($0.isSaidKept ? "said kept" : "said not kept")
      }
      let gain = score.differenceSecond.map { DemoScore.number($0 / 60, 1) } ?? "none"
      return "| \(name) | \(score.scans) | \(charges.joined(separator: "; ")) | \(gain) "
        + "| \(score.isVerdictRight ? "yes" : "**no**") |"
    }
    let same = Self.isSame(left, killed)
    return
      ([
        "# A campaign that dies", "",
        "Made by `lockstep resume-study --seed \(seed) --kills \(kills) --draw \(draw)`. The demo's campaign, left",
        "alone and killed (`kill -9`) at \(kills) instants drawn at random, acknowledged and resumed each time.",
        "The bench is acknowledged as if the cell had been taken off and put back (`--cell-removed`): a hot one is",
        "looked at until it has cooled. A death costs what was not on the disk yet, and a rest; both make the runs",
        "differ, the verdict must not.", "",
        "Verdict \(same ? "the same" : "**not** the same").", "",
        "| campaign | scans | charges | ride less cccv, min | report right |",
        "|---|---|---|---|---|",
        row("left alone", left), row("killed", killed), "",
        "| killed | after scan | went on |", "|---|---|---|",
      ] + deaths.map(\.row)).joined(separator: "\n") + "\n"
  }
}
