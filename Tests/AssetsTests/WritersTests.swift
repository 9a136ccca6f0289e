import Assets
import Foundation
import JournalTestKit
import Synchronization
import Testing

@Suite("Writers of one asset store")
struct WritersTests {
  @Test("Two at once: every version that was accepted is there, each continues the one before")
  func twoWriters() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    _ = try AssetStore(directory: path, writing: true)
    let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
      for writer in 0..<2 {
        group.addTask {
          let store = try AssetStore(directory: path, writing: true)
          var accepted = 0
          while accepted < 25 {
            let newest = try store.versions(of: "a").last?.number ?? 0
            do {
              try store.append(
                Sample.version(newest + 1, record: "\(writer)-\(accepted)"), to: "a")
              accepted += 1
            } catch let error as AssetError where error.code == .conflict {
              // The other was faster: go on from its version.
            }
          }
          return accepted
        }
      }
      return try await group.reduce(0, +)
    }
    let sql = try PlainSQL(path + "/" + AssetStore.fileName)
    #expect(accepted == 50)
    #expect(
      try sql.numbers(
        "SELECT count(*), min(number), max(number), count(DISTINCT record_sha256) FROM versions")
        == [50, 1, 50, 50])
    #expect(try sql.numbers("SELECT count(*) FROM assets") == [1])
  }

  /// How many versions were acknowledged; another thread watches it.
  private final class Progress: Sendable {
    let versions = Atomic<Int>(0)
  }

  @Test(
    "kill -9 loses no version that was acknowledged and leaves none by halves",
    arguments: [1, 5, 12])
  func killed(after count: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, count = count as Int] in
      let progress = Progress()
      let store = try AssetStore(directory: path, writing: true)
      let acknowledged = open(path + "/acknowledged", O_CREAT | O_WRONLY, 0o644)
      Thread {
        while progress.versions.load(ordering: .relaxed) < count {}
        kill(getpid(), SIGKILL)
      }.start()
      var number = 1
      while true {
        try store.append(Sample.version(number), to: "a")
        var said = Int64(number)
        pwrite(acknowledged, &said, 8, 0)
        progress.versions.add(1, ordering: .relaxed)
        number += 1
      }
    }
    let note = try Data(contentsOf: URL(fileURLWithPath: path + "/acknowledged"))
    let promised = note.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }
    let store = try AssetStore(directory: path, writing: true)
    let versions = try store.versions(of: "a")
    #expect(promised >= Int64(count) && versions.count >= Int(promised))
    #expect(versions == (1...versions.count).map { Sample.version($0) })
    try store.append(Sample.version(versions.count + 1), to: "a")
  }
}
