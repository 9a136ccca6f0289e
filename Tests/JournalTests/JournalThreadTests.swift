import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Synchronization
import Testing

@Suite("The journal thread loses nothing silently")
struct JournalThreadTests {
  private static func event(_ number: Int) -> Record {
    .event(
      Event(
        time: Seconds(Double(number)), unixTime: Double(number), severity: .info, id: "n",
        message: "\(number)"))
  }

  @Test("group commits keep the order of the pushes, whatever the size of ring and group")
  func orderIsKept() throws {
    for (capacity, rows) in [(1, 1), (3, 2), (64, 7), (1000, 100_000)] {
      let folder = try TemporaryFolder()
      let writer = try JournalWriter.open(directory: folder.path)
      let queue = RecordQueue(capacity: capacity)
      let thread = JournalThread(writer: writer, queue: queue, interval: 0.01, rows: rows) {
        Issue.record("\($0)")
      }
      try thread.start()
      let count = 150
      for number in 0..<count { #expect(queue.pushWaiting(Self.event(number))) }
      try thread.stop()
      let sql = try PlainSQL(writer.path)
      let messages = try sql.rows("SELECT message FROM events ORDER BY id").compactMap { $0[0] }
      #expect(messages == (0..<count).map(String.init))
      #expect(queue.refusals == 0)
    }
  }

  @Test("when flush returns, what was pushed can be read by another connection")
  func flushReachesTheDisk() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let queue = RecordQueue(capacity: 100)
    // Neither the interval nor the group's size would bring the record out by itself.
    let thread = JournalThread(writer: writer, queue: queue, interval: 3600, rows: 100) {
      Issue.record("\($0)")
    }
    try thread.start()
    for number in 0..<5 {
      #expect(queue.push(Self.event(number)))
      #expect(thread.flush(patience: 60))
      let sql = try PlainSQL(writer.path)
      #expect(try sql.rows("SELECT count(*) FROM events") == [["\(number + 1)"]])
    }
    try thread.stop()
  }

  @Test("a full ring refuses, counts, and the count stands in the journal")
  func overflowIsSaid() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let queue = RecordQueue(capacity: 10)
    let accepted = (0..<25).map { queue.push(Self.event($0)) }
    #expect(accepted == (0..<25).map { $0 < 10 })
    #expect(queue.refusals == 15)
    let thread = JournalThread(writer: writer, queue: queue) { Issue.record("\($0)") }
    try thread.start()
    try thread.stop()
    let sql = try PlainSQL(writer.path)
    let rows = try sql.rows("SELECT event, severity, message FROM events ORDER BY id")
    #expect(rows.count == 11)
    #expect(rows.prefix(10).allSatisfy { $0[0] == "n" })
    #expect(rows.last?[0] == "journal.overflow")
    #expect(rows.last?[1] == "fault")
    #expect(rows.last?[2]?.contains("15 records") == true)
    #expect(queue.push(Self.event(99)) == false)
  }

  @Test("a refusing disk is reported once, and the records lost are counted at the end")
  func diskErrorIsReportedOnce() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let sample = Record.sample(Sample(scan: 1, time: .zero, unixTime: 0), step: 1, phase: 0)
    try writer.append([sample])
    let reports = Mutex<[JournalError]>([])
    let queue = RecordQueue(capacity: 100)
    let thread = JournalThread(writer: writer, queue: queue, interval: 0.001, rows: 2) { error in
      reports.withLock { $0.append(error) }
    }
    // SQLite refuses a second row of the same scan for as long as it is asked.
    for record in [sample, Self.event(1), Self.event(2)] { queue.push(record) }
    try thread.start()
    #expect(thread.flush(patience: 0.05) == false)
    let error = #expect(throws: JournalError.self) { try thread.stop() }
    #expect(error?.description.contains("the last 3 records are lost") == true)
    #expect(reports.withLock { $0.count } == 1)
  }

  @Test("a disk that comes back gets everything, in order")
  func diskComesBack() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let blocker = try PlainSQL(writer.path)
    try blocker.rows("CREATE TABLE gate (shut INTEGER)")
    try blocker.rows(
      """
      CREATE TRIGGER gate_keeper BEFORE INSERT ON events
      WHEN EXISTS (SELECT 1 FROM gate) BEGIN SELECT RAISE(ABORT, 'disk full, says the test'); END
      """)
    try blocker.rows("INSERT INTO gate VALUES (1)")
    let failed = DispatchSemaphore(value: 0)
    let queue = RecordQueue(capacity: 100)
    let thread = JournalThread(writer: writer, queue: queue, interval: 0.001, rows: 5) { _ in
      failed.signal()
    }
    try thread.start()
    for number in 0..<20 { queue.push(Self.event(number)) }
    failed.wait()
    try blocker.rows("DELETE FROM gate")
    #expect(thread.flush(patience: 60))
    try thread.stop()
    let messages = try blocker.rows("SELECT message FROM events ORDER BY id").compactMap { $0[0] }
    #expect(messages == (0..<20).map(String.init))
  }
}
