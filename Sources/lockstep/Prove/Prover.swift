import Commissioning
import Foundation
import Guard
import Profiles
import Quantities

/// Strikes blow after blow and writes down what came of each.
struct Prover {
  let setUp: GuardedSetUp
  let by: String
  let pace: RunCommand.PaceChoice
  let data: String?
  let isQuiet: Bool
  let signals: Int32
  private var runs = 0
  private let stem: String
  private let bounds: ProofBounds

  init(
    setUp: GuardedSetUp, by: String, pace: RunCommand.PaceChoice, data: String?, isQuiet: Bool,
    signals: Int32
  ) {
    self.setUp = setUp
    self.by = by
    self.pace = pace
    self.data = data
    self.isQuiet = isQuiet
    self.signals = signals
    stem = RunName.fresh("prove-\(setUp.plan.files.bench.name)", at: Date())
    bounds = ProofBounds(setUp.plan)
  }

  /// Everything `times` over; ends at the first blow after which the current was not seen to end.
  mutating func prove(times: Int) throws -> ProofRecord {
    let bench = setUp.plan.files.bench
    let rearming = try rearming()
    var blows: [ProofRecord.Blow] = []
    say(
      "re-arming: one closing held \(rearming.single) s, two \(rearming.double) s: the time "
        + (rearming.scheme == .restarts ? "starts anew" : "runs on"))
    for _ in 0..<times {
      for (blow, part) in plannedBlows where blows.allSatisfy(\.passed) {
        blows.append(try strike(blow, part))
      }
    }
    let now = Date().timeIntervalSince1970
    return ProofRecord(
      bench: bench.name, by: by, unixTime: now, time: LatchRecord.utc(now),
      scope: setUp.places.isRig ? .rig : .real, blows: blows, rearming: rearming.scheme,
      hold: rearming.single, skipped: skipped, ports: setUp.places.byInstrument,
      hashes: setUp.plan.hashes)
  }

  /// Why the record is no proof, or nil.
  static func failure(_ record: ProofRecord) -> String? {
    if let blow = record.blows.first(where: { !$0.passed }) {
      let seen = blow.seconds.map { "current gone after \($0) s" } ?? "current not seen to end"
      return "\(blow.blow), \(blow.device) driving: \(seen), allowed \(blow.bound) s"
    }
    guard record.rearming == .restarts else {
      return "the relay's time runs on when it is re-armed: it would open under current every "
        + "\(record.hold ?? 0) s; two of them in turn can hold it (waveshare-relay-pair)"
    }
    return nil
  }

  private mutating func rearming() throws -> ProofControllerCommand.Rearming {
    let folder = try run().complete("rearm")
    let path = URL(filePath: folder + "/" + ProofControllerCommand.Rearming.file)
    do {
      return try JSONDecoder().decode(
        ProofControllerCommand.Rearming.self, from: try Data(contentsOf: path))
    } catch {
      throw CommandFailure(status: 3, message: "prove: rearm: left no result in \(folder)")
    }
  }

  private mutating func strike(
    _ blow: ProofBlow, _ part: ProofControllerCommand.Part
  ) throws -> ProofRecord.Blow {
    let bench = setUp.plan.files.bench
    let role: BenchInstrument.Role = part == .source ? .source : .load
    let bound = bounds.bound(blow)
    let seconds = try run().strike(
      blow, part: part.rawValue, bound: bound, restored: bounds.restored(blow))
    let result = ProofRecord.Blow(
      blow: "\(blow)",
      device: (bench.instruments(role) + bench.instruments(.bidirectional)).first?.name
        ?? role.rawValue,
      seconds: seconds, bound: bound, seenBy: blow.observer, isBlind: bounds.isBlind(blow))
    say(
      "\(result.passed ? "ok  " : "FAIL") \(blow), \(result.device) driving: "
        + "\(seconds.map { "\(($0 * 1000).rounded()) ms" } ?? "not seen to end"), allowed "
        + "\((bound * 1000).rounded()) ms, seen by \(result.seenBy)")
    // Whoever died left its latch; it stands when the current was not seen to end.
    if seconds != nil {
      try acknowledge("prove: \(blow), as planned; current seen gone")
      _ = try run().complete("rest")
    }
    return result
  }

  private func acknowledge(_ note: String) throws {
    let latch = setUp.latch
    guard latch.standing() != nil else { return }
    do {
      try latch.acknowledge(by: by, note: note, unixTime: Date().timeIntervalSince1970)
    } catch { throw CommandFailure(status: 3, message: "\(error)") }
  }

  private mutating func run() -> ProofRun {
    runs += 1
    return ProofRun(
      setUp: setUp, pace: pace, data: data, name: "\(stem)-\(runs)", signals: signals)
  }

  private func say(_ line: String) {
    guard !isQuiet else { return }
    print(line)
    fflush(nil)
  }
}
