import CRealtime
import Foundation
import Glibc

/// A child of `lockstep demo` in a process group of its own: a Ctrl-C reaches the demo alone, which
/// passes it on to the run and keeps the rig alive until the bench is safe.
final class ChildProcess {
  let process: Int32
  private var output: Int32 = -1
  private var ended: Int32?

  /// Starts this executable with `words`.
  ///
  /// - Parameter heard: whether its standard output comes to us.
  init(_ words: [String], heard: Bool = false) throws {
    let program = try GuardedLaunch.executable(named: "lockstep")
    var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    process =
      heard
      ? lockstep_spawn_heard(program, &arguments, &output)
      : lockstep_spawn(program, &arguments, nil, 0)
    guard process > 0 else {
      throw CommandFailure(
        status: 3, message: "\(words[0]): not started: \(String(cString: strerror(-process)))")
    }
  }

  deinit { if output >= 0 { close(output) } }

  /// The first line of its output, or nil when it ended before.
  func firstLine() -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }

  /// Processor time of all that were waited for and of theirs, s.
  static var processorTime: Double {
    var usage = rusage()
    guard getrusage(RUSAGE_CHILDREN.rawValue, &usage) == 0 else { return .nan }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + 1e-6 * Double(time.tv_usec) }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  func send(_ signal: Int32) { if ended == nil { kill(process, signal) } }

  /// Its end so far: an exit status, 3 when a signal ended it; nil while it runs.
  func endedStatus() -> Int32? {
    var status: Int32 = 0
    if ended == nil, lockstep_reap(process, &status) != 0 {
      let code = lockstep_exit_code(status)
      ended = code >= 0 ? code : 3
    }
    return ended
  }

  /// The process that it started; nil while there is none.
  var child: Int32? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.first { other in
      let text = (try? String(contentsOfFile: "/proc/\(other)/stat", encoding: .utf8)) ?? ""
      // The name in brackets may hold anything; after it come state and parent.
      let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 && fields[0] != "Z" && Int32(fields[1]) == process
    }
  }

  /// Waits for its end, passing on what arrives on `signals` (-1: nothing). Its exit status; 3 when a
  /// signal ended it.
  func wait(passingOn signals: Int32) -> Int32 {
    let descriptor = lockstep_process_descriptor(process)
    defer { if descriptor >= 0 { close(descriptor) } }
    while true {
      if let ended = endedStatus() { return ended }
      var waited = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waited, nfds_t(waited.count), 1000)
      guard signals >= 0 else { continue }
      let signal = lockstep_next_signal(signals)
      if signal != 0 { send(signal) }
    }
  }
}
