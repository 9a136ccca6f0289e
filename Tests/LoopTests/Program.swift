import CRealtime
import Foundation
import Testing

/// A process of the product, started as a user's shell would: its output goes to files.
final class Program {
  let process: Int32
  private let outputPath: String
  private let errorPath: String
  private var status: Int32?

  /// Starts `words` with `environment` on top of ours.
  ///
  /// - Parameter log: where its output goes: `log.out` and `log.err`.
  init(_ words: [String], environment: [String: String], log: String) throws {
    outputPath = log + ".out"
    errorPath = log + ".err"
    let program = try Self.binary("lockstep")
    // The shell only sends the output to files, then becomes env(1), then the program.
    let line =
      [
        "sh", "-c", "o=$1; e=$2; shift 2; exec env \"$@\" </dev/null >\"$o\" 2>\"$e\"", "sh",
        outputPath, errorPath,
      ] + environment.map { "\($0)=\($1)" } + [program] + words
    var arguments: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    process = lockstep_spawn("/bin/sh", &arguments, nil, 0)
    for argument in arguments { free(argument) }
    try #require(process > 0, "\(words): errno \(-process)")
  }

  deinit {
    send(SIGKILL)
    _ = end()
  }

  var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
  var error: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }
  /// Standard error without the guard's log.
  var ownErrors: [String] {
    error.split(separator: "\n").filter { !$0.hasPrefix("lockstep-guard: ") }.map(String.init)
  }

  func send(_ signal: Int32) { if !hasEnded { kill(process, signal) } }

  var hasEnded: Bool {
    var code: Int32 = 0
    if status == nil, lockstep_reap(process, &code) == 1 {
      let ending = lockstep_ending_signal(code)
      status = ending != 0 ? -ending : lockstep_exit_code(code)
    }
    return status != nil
  }

  /// Waits for its end: exit status, or minus the signal that ended it; nil when it does not end.
  func end() -> Int32? {
    _ = Patience.until { hasEnded }
    return status
  }

  /// What a guard says that holds on because nothing shows the current to be gone.
  static let held = "CURRENT MAY STILL FLOW"

  /// Ends such a guard as a person does. Signals do not queue: the second must come after the first was
  /// answered.
  func leaveAsItIs() {
    for words in [Self.held, "once more leaves the bench as it is"] {
      let isSaid = Patience.until { error.contains(words) || hasEnded }
      #expect(isSaid && !hasEnded, "\(error)")
      send(SIGINT)
    }
  }

  /// The process that this one started and that has not ended; nil while there is none.
  var child: Int32? {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.lazy.compactMap { Int32($0) }.first { parent(of: $0) == process }
  }

  private func parent(of other: Int32) -> Int32? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(other)/stat") else { return nil }
    // The name in brackets may hold anything; after it come state and parent.
    let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?
      .split(separator: " ")
    guard let fields, fields.count > 1, fields[0] != "Z" else { return nil }
    return Int32(fields[1])
  }

  /// Path of a program of this build: `LOCKSTEP_BIN` (a folder), or beside the test bundle.
  static func binary(_ name: String) throws -> String {
    if let folder = ProcessInfo.processInfo.environment["LOCKSTEP_BIN"] {
      return folder + "/" + name
    }
    let start = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    var folders = [start, URL(filePath: CommandLine.arguments[0])]
    folders += CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map { URL(filePath: $0) }
    for folder in folders {
      let path = folder.deletingLastPathComponent().appending(path: name).path
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    throw BuildError(description: "no \(name) beside \(folders.map(\.path))")
  }

  struct BuildError: Error, CustomStringConvertible { var description: String }
}

/// Whether a process that need not be ours has ended.
func hasEnded(_ process: Int32) -> Bool {
  let descriptor = lockstep_process_descriptor(process)
  guard descriptor >= 0 else { return true }
  defer { close(descriptor) }
  var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&entry, 1, 0) == 1
}
