import CRealtime
import Glibc

/// The latch of one bench: stands from a fault until a named person acknowledges it, over restarts.
///
/// Two files in `folder`: `BENCH.latch` holds the record. `BENCH.running` stands while a guard lives
/// and holds what is true should neither guard nor controller live on (power cut, both killed): then
/// nobody could write a latch, and the file that was left behind is one.
public struct BenchLatch: Sendable, Hashable {
  /// Absolute path of the folder of latches.
  public let folder: String
  /// The bench's name.
  public let bench: String

  static let nameRule = "1 to 100 bytes, no `/`, not beginning with `.`, allowed"

  /// Whether a bench may be called so: its name becomes a file's.
  public static func isName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count) && !name.hasPrefix(".")
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 < 0x20 }
  }

  /// The latch in the user's state folder.
  public init(bench: String) throws(BenchStateError) {
    try self.init(bench: bench, folder: try StateFolder.path() + "/latches")
  }

  /// The latch in a folder of choice.
  public init(bench: String, folder: String) throws(BenchStateError) {
    guard Self.isName(bench) else {
      throw BenchStateError("bench name `\(bench)`: \(Self.nameRule)")
    }
    self.bench = bench
    self.folder = folder
  }

  /// Path of the latch file.
  public var path: String { folder + "/\(bench).latch" }
  /// Path of the file that stands while a run is guarded.
  public var runningPath: String { folder + "/\(bench).running" }
  /// Path of what was acknowledged so far.
  public var historyPath: String { folder + "/\(bench).history" }

  /// The latch in force, or nil. Take the bench's lock first: while a run is on, its `running` file
  /// reads as a latch.
  public func standing() -> LatchRecord? { record(at: path) ?? record(at: runningPath) }

  /// Latches the bench; returns once the record is on the disk.
  public func set(_ record: LatchRecord) throws(BenchStateError) {
    try write(record, to: path)
  }

  /// Writes the `running` file, which latches the bench if this process and its child just vanish.
  public func arm(runFolder: String, unixTime: Double) throws(BenchStateError) {
    let record = LatchRecord(
      bench: bench, runFolder: runFolder, unixTime: unixTime,
      reason: "the run ended without its guard: power cut, or guard and controller both killed",
      currentIsGone: false)
    try write(record, to: runningPath)
  }

  /// Removes the `running` file: the guard ends in an orderly way, or has set the latch.
  public func disarm() throws(BenchStateError) {
    try check(lockstep_remove_durably(runningPath), "removing", runningPath)
  }

  /// Clears the latch in the name of a person, who says what was found. Moves the record into the
  /// history first, so that no crash loses it. Throws when there is no latch or no name or note.
  /// Whether the cause persists is for the caller to find out before.
  public func acknowledge(by name: String, note: String, unixTime: Double) throws(BenchStateError) {
    guard name.contains(where: \.isLetter), note.contains(where: \.isLetter) else {
      throw BenchStateError("acknowledge \(bench): a name and a note are needed")
    }
    guard let record = standing() else {
      throw BenchStateError("acknowledge \(bench): the bench is not latched (\(path))")
    }
    let entry =
      record.text + "acknowledged_by: \(LatchRecord.oneLine(name))\n"
      + "acknowledged_time: \(LatchRecord.utc(unixTime))\n"
      + "note: \(LatchRecord.oneLine(note))\n\n"
    let bytes = Array(entry.utf8)
    try check(
      lockstep_append_durably(historyPath, bytes, bytes.count), "writing", historyPath)
    try check(lockstep_remove_durably(path), "removing", path)
    try disarm()
  }

  private func write(_ record: LatchRecord, to file: String) throws(BenchStateError) {
    let bytes = Array(record.text.utf8)
    try check(lockstep_make_folders(folder), "creating", folder)
    try check(lockstep_replace_durably(file, bytes, bytes.count), "writing", file)
  }

  private func check(_ code: Int32, _ what: String, _ file: String) throws(BenchStateError) {
    guard code == 0 else { throw BenchStateError("\(what) \(file) fails with errno \(-code)") }
  }

  /// A file that exists but cannot be read is a latch: only its absence is none.
  private func record(at file: String) -> LatchRecord? {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return errno == ENOENT ? nil : LatchRecord(text: "", bench: bench)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    let count = max(read(descriptor, &bytes, bytes.count), 0)
    return LatchRecord(text: String(decoding: bytes.prefix(count), as: UTF8.self), bench: bench)
  }
}
