import Foundation
import Testing

extension LoopTests {
  /// SAF-001 at places and times that nobody chose, one in five with a port that vanishes. `LOCKSTEP_KILLS=SEED:FIRST:COUNT:WIDTH` says which;
  /// `lockstep-prove kills` carries out a thousand.
  @Suite("Random kills", .serialized)
  struct RandomKillTests {
    private static let wish: [Int] = {
      let text = ProcessInfo.processInfo.environment["LOCKSTEP_KILLS"] ?? "1:0:50:3"
      return text.split(separator: ":").compactMap { Int($0) }
    }()

    @Test(
      "SAF-001 SAF-006: fifty deaths and lost ports drawn at random: current ends in time, status and latch are right"
    )
    func kills() async throws {
      try #require(Self.wish.count == 4, "LOCKSTEP_KILLS: SEED:FIRST:COUNT:WIDTH")
      let (seed, first, count) = (UInt64(Self.wish[0]), Self.wish[1], Self.wish[2])
      let width = Self.wish[3]
      await withTaskGroup(of: Void.self) { group in
        for lane in 0..<width {
          group.addTask(executorPreference: OwnThreads()) {
            for number in stride(from: first + lane, to: first + count, by: width) {
              Self.carryOut(RandomKill(seed: seed, number: number))
            }
          }
        }
      }
    }

    /// A controller that starves beside many rigs is taken for hung before the blow falls: such a bench
    /// is tried again, and the tries are recorded.
    private static func carryOut(_ kill: RandomKill) {
      var tries = 1
      while true {
        do {
          return try record(kill, try kill.proof.carryOut(), tries)
        } catch let error as KillProof.NotStruck where tries < 4 && error.isStarved {
          tries += 1
        } catch {
          Issue.record("kill \(kill.number), \(kill.proof): \(error)")
          return
        }
      }
    }

    /// One JSON object a line into the file that `LOCKSTEP_KILLS_RECORD` names.
    private static func record(_ kill: RandomKill, _ result: KillProof.Result, _ tries: Int) throws
    {
      guard let path = ProcessInfo.processInfo.environment["LOCKSTEP_KILLS_RECORD"] else { return }
      let object: [String: Any] = [
        "number": kill.number, "tries": tries, "blow": kill.proof.blow?.rawValue ?? "",
        "port": kill.proof.unplugs ?? "",
        "phase": kill.proof.phase.rawValue,
        "place": kill.proof.place ?? "any time", "to_zero_ms": result.toZero,
        "to_open_ms": result.toOpen, "status": Int(result.status ?? 0),
        "latch": result.latch ?? "", "first_bytes": result.firstBytes ?? "",
        "allowed_to_zero_ms": kill.proof.timeToZero * 1000,
      ]
      let line =
        try JSONSerialization.data(withJSONObject: object, options: .sortedKeys) + Data("\n".utf8)
      let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
      defer { close(file) }
      try #require(line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == line.count)
    }
  }

  /// A thread for each job: they wait for processes, which the shared few must not.
  private final class OwnThreads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
}
