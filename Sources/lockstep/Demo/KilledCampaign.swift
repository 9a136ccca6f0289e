import CRealtime
import Foundation
import Glibc
import Journal

/// The demo's campaign on a rig that lives on while guard and controller die.
struct KilledCampaign {
  /// One death and what came after it.
  struct Death {
    var withGuard: Bool
    /// That the journal had reached.
    var scan: Int
    /// What the resumed run says of its replay.
    var words = ""

    /// One line of a table.
    var row: String {
      "| \(withGuard ? "controller and guard" : "controller") | \(scan) | \(words) |"
    }
  }

  private let rig: DemoRig
  private let name: String
  private let place: [String]
  private let folder: String
  private var run: ChildProcess

  init(seed: UInt64, data: String?) throws {
    name = RunName.fresh("killed-seed\(seed)", at: Date())
    place = data.map { ["--data", $0] } ?? []
    folder = URL(filePath: RunFolder.runs(under: data)).appending(path: name).path
    rig = try DemoRig(bench: "demo", plant: "demo", seed: seed, run: name, data: data)
    run = try ChildProcess(
      ["run", "demo", "--bench", "demo", "--pace", "stepped", "--name", name] + place
        + rig.portWords(), heard: true)
  }

  /// Waits until the journal has the scan, kills, acknowledges and resumes.
  mutating func die(at scan: Int, withGuard: Bool) throws -> Death {
    let reached = try wait(scan)
    var death = Death(withGuard: withGuard, scan: reached)
    guard let controller = run.child else { throw failure("no controller beside its guard") }
    if withGuard { run.send(SIGKILL) }
    kill(controller, SIGKILL)
    endWatch()
    try acknowledge()
    run = try ChildProcess(["resume", name] + place + rig.portWords(), heard: true)
    while let line = run.firstLine() {
      guard line.contains("replayed") || line.contains("nothing to replay") else { continue }
      death.words = line.replacing("|", with: "/")
      break
    }
    guard !death.words.isEmpty else { throw failure("not resumed") }
    return death
  }

  /// Lets the campaign end.
  func finish() throws -> DemoScore {
    let status = run.wait(passingOn: -1)
    rig.end()
    guard status == 0 else { throw failure("status \(status) at its end") }
    return try DemoScore(run: folder, truth: rig.truthFile)
  }

  /// The last scan on the disk, once that is `scan` or more.
  private func wait(_ scan: Int) throws -> Int {
    while run.endedStatus() == nil {
      usleep(20_000)
      guard let reader = try? JournalReader(folder) else { continue }
      defer { reader.close() }
      if let last = try? reader.read({ try $0.tail().lastScan }), last >= scan { return last }
    }
    throw failure("ended before scan \(scan)")
  }

  /// A guard that lives makes the bench safe and then watches the cell for an hour, or until it is interrupted.
  private func endWatch() {
    var waited = 0
    while run.endedStatus() == nil {
      usleep(100_000)
      waited += 1
      if waited % 20 == 0 { run.send(SIGINT) }
    }
  }

  /// As if the cell had been taken off and put back: a real one is looked at until it has cooled, for many minutes
  /// of a rig's clock that nobody ticks.
  private func acknowledge() throws {
    let words = [
      "acknowledge", "demo", "--cell-removed", "--by", "resume-study", "--note",
      "killed on purpose",
    ]
    for _ in 0..<20 {
      let child = try ChildProcess(words + rig.portWords(), heard: true)
      if child.wait(passingOn: -1) == 0 { return }
      usleep(500_000)
    }
    throw failure("the bench is not acknowledged")
  }

  private func failure(_ what: String) -> CommandFailure {
    CommandFailure(status: 4, message: "run \(name): \(what)")
  }
}
