import CRealtime
import Glibc
import Guard

/// A guard that is our child, so that what it and its controller say can be timed.
final class GuardChild {
  /// One line and when it came, s on the monotonic clock.
  struct Line {
    var time: Double
    var text: String
  }

  let process: Int32
  private(set) var lines: [Line] = []
  private let errors: Int32
  private var partial: [UInt8] = []
  private var ended: Int32?

  /// Starts `lockstep-guard` with `orders`; its standard error comes to us.
  init(_ orders: GuardOrders) throws {
    let program = try GuardedLaunch.executable(named: "lockstep-guard")
    let memory = try orders.sealed()
    defer { close(memory) }
    var ends: [Int32] = [-1, -1]
    guard lockstep_pipe(&ends) == 0 else {
      throw CommandFailure(status: 3, message: "prove: no pipe, errno \(errno)")
    }
    // The child inherits 2; ours is put back at once. Only one thread runs here.
    let own = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(ends[1], STDERR_FILENO)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup("\(memory)"), nil]
    let inherited = orders.descriptors + [memory]
    process = lockstep_spawn(program, &arguments, inherited, Int32(inherited.count))
    dup2(own, STDERR_FILENO)
    close(own)
    close(ends[1])
    for argument in arguments { free(argument) }
    errors = ends[0]
    guard process > 0 else {
      throw CommandFailure(status: 3, message: "prove: \(program): errno \(-process)")
    }
  }

  deinit { close(errors) }

  static var now: Double { Double(lockstep_monotonic_nanoseconds()) / 1e9 }

  /// Listens for a while; lines get the time at which they came.
  func listen(milliseconds: Int32) {
    var entry = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return }
    let time = Self.now
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(errors, &buffer, buffer.count)
    guard count > 0 else {
      // End of file: nobody is left who could speak. Do not spin.
      poll(nil, 0, milliseconds)
      return
    }
    for byte in buffer.prefix(count) {
      if byte == UInt8(ascii: "\n") {
        lines.append(Line(time: time, text: String(decoding: partial, as: UTF8.self)))
        partial = []
      } else {
        partial.append(byte)
      }
    }
  }

  /// Exit status, or minus the signal that ended it; nil while it lives.
  var status: Int32? {
    var code: Int32 = 0
    if ended == nil, lockstep_reap(process, &code) == 1 {
      let signal = lockstep_ending_signal(code)
      ended = signal != 0 ? -signal : lockstep_exit_code(code)
    }
    return ended
  }

  /// The first line since `time` with these words.
  func line(_ words: String, since time: Double = 0) -> Line? {
    lines.first { $0.time >= time && $0.text.contains(words) }
  }

  /// The controller: the one child of the guard; nil when there is none yet.
  var controller: Int32? {
    let path = "/proc/\(process)/task/\(process)/children"
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(file, &buffer, buffer.count)
    let text = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    return text.split(separator: " ").first.flatMap { Int32($0) }
  }
}

/// Whether a process that need not be ours has ended, or is only waiting to be reaped.
func hasEnded(process: Int32) -> Bool {
  let descriptor = lockstep_process_descriptor(process)
  guard descriptor >= 0 else { return true }
  defer { close(descriptor) }
  var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&entry, 1, 0) == 1
}
