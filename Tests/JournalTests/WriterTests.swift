import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Testing

@Suite("What is written is what is read")
struct WriterTests {
  @Test("FULL is in force in the connection that writes, and the file is in WAL mode")
  func fullIsInForce() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    #expect(try writer.synchronousLevel() == 2)
    try writer.append(SyntheticRun.records(scale: 0.002))
    #expect(try writer.synchronousLevel() == 2)
    let sql = try PlainSQL(writer.path)
    #expect(try sql.rows("PRAGMA journal_mode") == [["wal"]])
    try writer.close()
  }

  @Test("every kind of record comes back as it went in, in order")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let records = SyntheticRun.records(scale: 0.15)
    try writer.append(records)
    try writer.close()
    let reader = try JournalReader(folder.path)
    // What the rig's clock read is no row of `everything`: SittingTests reads it.
    let written = records.filter { if case .paceMark = $0 { false } else { true } }
      .map(Self.canonical)
    let read = try reader.read { view in try Self.everything(view) }
    for kind in [
      "header", "input", "sample", "estimate", "decision", "command", "event", "timing",
      "charge",
    ] {
      let want = written.filter { $0.hasPrefix(kind) }
      #expect(!want.isEmpty, "\(kind) is not in the run, so that nothing would be proven")
      #expect(read.filter { $0.hasPrefix(kind) } == want)
    }
    #expect(read.last == written.last)
    #expect(read.count == written.count)
  }

  @Test("a group is written whole or not at all")
  func groupsAreWhole() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let sample = Sample(scan: 7, time: Seconds(7), unixTime: 1e9)
    try writer.append([.sample(sample, step: 1, phase: 0)])
    var other = sample
    other.scan = 8
    #expect(throws: JournalError.self) {
      try writer.append([
        .sample(other, step: 1, phase: 0), .sample(sample, step: 1, phase: 0),
      ])
    }
    let sql = try PlainSQL(writer.path)
    #expect(try sql.rows("SELECT scan FROM samples") == [["7"]])
    try writer.close()
  }

  @Test("a journal is continued, and what is not a journal is refused and left alone")
  func placesAreChecked() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/journal.sqlite"
    #expect(throws: JournalError.self) { try JournalReader(folder.path) }
    #expect(throws: JournalError.self) {
      try JournalWriter.open(directory: folder.path + "/nowhere")
    }
    let first = try JournalWriter.open(directory: folder.path)
    try first.append([.sample(Sample(scan: 0, time: .zero, unixTime: 1), step: 1, phase: 0)])
    try first.close()
    let second = try JournalWriter.open(directory: folder.path)
    try second.append([.sample(Sample(scan: 1, time: .zero, unixTime: 1), step: 1, phase: 0)])
    try second.close()
    #expect(try PlainSQL(path).rows("SELECT count(*) FROM samples") == [["2"]])

    let stranger = try TemporaryFolder()
    let bytes = Data("this is not a database, whatever its name says; it is much longer".utf8)
    try bytes.write(to: URL(fileURLWithPath: stranger.path + "/journal.sqlite"))
    #expect(throws: JournalError.self) { try JournalWriter.open(directory: stranger.path) }
    #expect(throws: JournalError.self) { try JournalReader(stranger.path) }
    let after = try Data(contentsOf: URL(fileURLWithPath: stranger.path + "/journal.sqlite"))
    #expect(after == bytes)
  }

  /// FIPS 180-4 examples, one block, two blocks, and lengths around the padding's edge (sha256sum).
  @Test(
    "input copies carry the standard's SHA-256",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 55),
        "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
      ),
      (
        String(repeating: "a", count: 64),
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
      ),
    ])
  func digest(text: String, digest: String) {
    #expect(SHA256.hexDigest(Array(text.utf8)) == digest)
  }

  private static func everything(_ view: JournalView) throws -> [String] {
    var found: [String] = []
    if let header = try view.header() { found.append(canonical(.header(header))) }
    for input in try view.inputs() {
      found.append(
        canonical(.input(role: input.role, name: input.name, content: input.content)))
    }
    try view.samples { found.append(canonical(.sample($0, step: $1, phase: $2))) }
    try view.estimates { found.append(canonical(.estimate($0))) }
    try view.decisions { found.append(canonical(.decision($0))) }
    try view.commands { found.append(canonical(.command($0))) }
    try view.events { found.append(canonical(.event($0))) }
    try view.timings { found.append(canonical(.timing($0))) }
    try view.charges { found.append(canonical(.charge($0))) }
    if let end = try view.ending() {
      found.append(
        canonical(
          .ended(
            status: end.status, message: end.message, time: end.time, unixTime: end.unixTime)))
    }
    return found
  }

  /// One line per record with every bit of every number; what a bad reading says counts for nothing.
  private static func canonical(_ record: Record) -> String {
    switch record {
    case .sample(var sample, let step, let phase):
      if sample.cellVoltage.valid == nil { sample.cellVoltage.value = Volts(.nan) }
      if sample.current.valid == nil { sample.current.value = Amperes(.nan) }
      for index in 0..<Sample.surfaceCapacity where sample.surface[index].valid == nil {
        sample.surface[index].value = Celsius(.nan)
      }
      let surface = (0..<Sample.surfaceCapacity).map { sample.surface[$0] }
      return "sample \(sample.scan) \(sample.time) \(sample.unixTime) \(step) \(phase)"
        + " \(sample.cellVoltage) \(sample.current) \(sample.surfaceCount) \(surface)"
        + " \(sample.ambient) \(sample.source) \(sample.load) \(sample.contactorClosed)"
    case .header(let header):
      let versions = header.versions.sorted { $0.key < $1.key }
      var bare = header
      bare.versions = [:]
      return "header \(bare) \(versions)"
    default: return "\(record)"
    }
  }
}
