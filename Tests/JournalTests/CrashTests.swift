import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Synchronization
import Testing

@Suite("A killed writer loses at most what it had not committed")
struct CrashTests {
  /// How many groups were acknowledged; another thread watches it.
  private final class Progress: Sendable {
    let groups = Atomic<Int>(0)
  }

  /// Each child writes scans as fast as it can and notes, after each commit, how many it was told
  /// are safe; once so many groups are, another thread kills it, in the middle of whatever it does.
  @Test("kill -9 leaves a clean file with every acknowledged row", arguments: [1, 2, 7, 20])
  func killed(after groups: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, groups = groups as Int] in
      let progress = Progress()
      let writer = try JournalWriter.open(directory: path)
      let acknowledged = open(path + "/acknowledged", O_CREAT | O_WRONLY, 0o644)
      let killer = Thread {
        while progress.groups.load(ordering: .relaxed) < groups {}
        kill(getpid(), SIGKILL)
      }
      var scan = 0
      while true {
        let group = (scan..<scan + 37).map { number in
          Record.sample(
            Sample(scan: number, time: Seconds(Double(number)), unixTime: Double(number)),
            step: 1, phase: 0)
        }
        try writer.append(group)
        scan += group.count
        var count = Int64(scan)
        pwrite(acknowledged, &count, 8, 0)
        if scan == 37 { killer.start() }
        progress.groups.add(1, ordering: .relaxed)
      }
    }
    let note = try Data(contentsOf: URL(fileURLWithPath: path + "/acknowledged"))
    let promised = note.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }
    let reader = try JournalReader(path)
    try reader.checkIntegrity()
    let sql = try PlainSQL(path + "/journal.sqlite")
    let found = try sql.numbers("SELECT count(*), max(scan) + 1, min(scan) FROM samples")
    #expect(promised >= 37)
    #expect(found[0] >= Double(promised), "acknowledged rows are gone")
    #expect(found[0] == found[1] && found[2] == 0, "rows are missing in the middle")
    #expect(Int(found[0]) % 37 == 0, "a group was torn")
    let writer = try JournalWriter.open(directory: path)
    let next = Sample(scan: Int(found[0]), time: .zero, unixTime: 0)
    try writer.append([.sample(next, step: 1, phase: 0)])
    try writer.close()
  }
}
