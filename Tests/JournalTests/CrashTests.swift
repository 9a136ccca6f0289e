import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Testing

@Suite("A killed writer loses at most what it had not committed")
struct CrashTests {
  /// Each child writes scans as fast as it can and notes, after each commit, how many it was told
  /// are safe; it dies of SIGKILL in the middle, at a place that `delay` moves about.
  @Test("kill -9 leaves a clean file with every acknowledged row", arguments: [3, 17, 40, 90])
  func killed(milliseconds: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, milliseconds = milliseconds as Int] in
      let writer = try JournalWriter.open(directory: path)
      let acknowledged = open(path + "/acknowledged", O_CREAT | O_WRONLY, 0o644)
      let killer = Thread {
        usleep(UInt32(milliseconds) * 1000)
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
