import CRealtime
import Glibc

/// The controller's heart: called by the scan thread at every turn, also while it waits.
///
/// The pipe never blocks: a guard that does not read costs beats, not scans.
public struct Heartbeat: ~Copyable {
  private let descriptor: Int32
  private var lastBeat = Int64.min
  /// Between two beats, ns.
  private static let interval: Int64 = 50_000_000

  /// A heart on the descriptor that the guard passed as `--heartbeat`; owns it.
  public init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Beats, unless the last beat is less than 50 ms ago. The first beat tells the guard that the
  /// controller runs: give it before anything is energised.
  public mutating func beat() {
    let now = lockstep_monotonic_nanoseconds()
    guard lastBeat == .min || now - lastBeat >= Self.interval else { return }
    lastBeat = now
    send(UInt8(ascii: "h"))
  }

  /// Says that everything is off and verified and that the process is closing down. Say it at every
  /// orderly end, also when nothing was ever energised.
  public func madeSafe() { send(UInt8(ascii: "s")) }

  private func send(_ byte: UInt8) {
    var byte = byte
    _ = write(descriptor, &byte, 1)
  }
}
