import CRealtime
import Glibc

/// `after-trip.log` in the run's folder: what meters and thermometers replied after a trip, one line a
/// reply: time in s since 1970, device, bytes in hexadecimal. On the disk once a minute and at the end.
package struct AfterTripLog: ~Copyable {
  private let descriptor: Int32
  private var synced: Int64
  private static let interval = Nanoseconds.milliseconds(60_000)

  /// Opens or goes on with the log of a run. Throws when the folder does not take it.
  package init(runFolder: String, now: Int64) throws(BenchStateError) {
    let path = runFolder + "/after-trip.log"
    let made = lockstep_make_folders(runFolder)
    guard made == 0 else {
      throw BenchStateError("creating \(runFolder) fails with errno \(-made)")
    }
    let opened = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else { throw BenchStateError("opening \(path) fails with errno \(errno)") }
    descriptor = opened
    synced = now
  }

  deinit {
    fsync(descriptor)
    close(descriptor)
  }

  /// Appends the replies of one look; an errno when the disk does not take them.
  package mutating func append(
    _ replies: [(device: String, reply: [UInt8])], unixTime: Double, now: Int64
  )
    -> Int32?
  {
    var bytes: [UInt8] = []
    for (device, reply) in replies {
      let name = LatchRecord.oneLine(device)
      bytes += Array("\(unixTime) \(name) \(hexadecimal(reply))\n".utf8)
    }
    guard write(descriptor, bytes, bytes.count) == bytes.count else { return errno }
    if now - synced >= Self.interval {
      synced = now
      fsync(descriptor)
    }
    return nil
  }
}
