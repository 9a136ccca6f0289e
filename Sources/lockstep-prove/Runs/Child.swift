import CRealtime
import Foundation

/// A process that is run to its end, or ended; its output goes to a file.
final class Child {
  let process: Int32
  private let log: String
  private let keepsLog: Bool
  private var status: Int32?

  /// Starts `words` with `environment` on top of ours.
  ///
  /// - Parameters:
  ///   - folder: where it runs.
  ///   - log: the file that takes its output; a temporary one when nil.
  init(
    _ words: [String], environment: [String: String] = [:], in folder: String = ".",
    log: String? = nil
  ) throws {
    keepsLog = log != nil
    self.log = log ?? NSTemporaryDirectory() + "prove-\(UUID().uuidString)"
    // The shell only sets folder and output, then becomes env(1), then the program.
    let line =
      [
        "sh", "-c", "cd \"$1\" || exit 127; o=$2; shift 2; exec env \"$@\" </dev/null >\"$o\" 2>&1",
        "sh", folder, self.log,
      ] + environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + words
    var arguments: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    process = lockstep_spawn("/bin/sh", &arguments, nil, 0)
    for argument in arguments { free(argument) }
    guard process > 0 else { throw ProofFailure("\(words[0]): errno \(-process)") }
  }

  deinit {
    stop()
    if !keepsLog { unlink(log) }
  }

  /// Standard output and error so far.
  var output: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  var hasEnded: Bool {
    var code: Int32 = 0
    if status == nil, lockstep_reap(process, &code) == 1 {
      let signal = lockstep_ending_signal(code)
      status = signal != 0 ? -signal : lockstep_exit_code(code)
    }
    return status != nil
  }

  /// Waits for its end; exit status or minus the signal, nil when it is still running.
  func end(within seconds: Double) -> Int32? {
    let deadline = lockstep_monotonic_nanoseconds() + Int64(seconds * 1e9)
    while !hasEnded, lockstep_monotonic_nanoseconds() < deadline { usleep(5_000) }
    return status
  }

  func send(_ signal: Int32) { if !hasEnded { kill(process, signal) } }

  /// Kills it and what is in its process group.
  func stop() {
    guard !hasEnded else { return }
    kill(-process, SIGKILL)
    _ = end(within: 10)
  }
}
