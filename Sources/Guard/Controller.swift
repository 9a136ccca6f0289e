import CRealtime
import Glibc

/// The controller as a child process: its pid, its heartbeat, its end.
struct Controller: ~Copyable {
  private let process: Int32
  private let processDescriptor: Int32
  private let heartbeat: Int32
  /// Never written: its end of file tells the controller that the guard is gone.
  private let guardPipe: Int32
  private var reaped = false
  private var heartEnded = false

  /// Starts it with its ports, its locks and one end of each pipe. Throws an errno.
  init(_ orders: GuardOrders) throws(StartFailure) {
    let heartbeat = try Self.pipe()
    let guardPipe = try Self.pipe()
    var arguments = orders.arguments
    arguments += ["--heartbeat", "\(heartbeat.write)", "--guard", "\(guardPipe.read)"]
    for port in orders.ports { arguments += ["--port", "\(port.name)=\(port.descriptor)"] }
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    let inherited = orders.inherited + [heartbeat.write, guardPipe.read]
    let process = lockstep_spawn(
      orders.controller, pointers, inherited, Int32(inherited.count))
    for pointer in pointers { free(pointer) }
    // The child's ends must not stay open here, or its death would never read as end of file.
    close(heartbeat.write)
    close(guardPipe.read)
    guard process > 0 else {
      close(heartbeat.read)
      close(guardPipe.write)
      throw StartFailure(code: -process)
    }
    self.process = process
    self.heartbeat = heartbeat.read
    self.guardPipe = guardPipe.write
    processDescriptor = lockstep_process_descriptor(process)
  }

  deinit {
    close(heartbeat)
    close(guardPipe)
    if processDescriptor >= 0 { close(processDescriptor) }
  }

  struct StartFailure: Error { var code: Int32 }

  private static func pipe() throws(StartFailure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let code = lockstep_pipe(&ends)
    guard code == 0 else { throw StartFailure(code: -code) }
    return (ends[0], ends[1])
  }

  /// Waits for the next events, until `deadline` on the monotonic clock, ns; empty when nothing came.
  /// The heartbeat is read before the end is looked at: a last word that is still in the pipe counts.
  mutating func events(signals: SignalSource, until deadline: Int64) -> [GuardMachine.Event] {
    var entries = [
      pollfd(fd: heartEnded ? -1 : heartbeat, events: Int16(POLLIN), revents: 0),
      pollfd(fd: reaped ? -1 : processDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    // Without a process descriptor its end is asked for instead.
    let often = processDescriptor < 0 ? Nanoseconds.now + Nanoseconds.milliseconds(20) : .max
    _ = lockstep_poll_until(&entries, 3, min(deadline, often))
    let ending = reaped ? nil : end()
    var events = heartEnded ? [] : beats()
    events += signals.all().map { .signal($0) }
    if let ending { events.append(.ended(ending)) }
    return events
  }

  /// What its heart said; a heart that races is not listened to for ever.
  private mutating func beats() -> [GuardMachine.Event] {
    var events: [GuardMachine.Event] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    var (count, rounds) = (buffer.count, 0)
    while count == buffer.count, rounds < 256 {
      rounds += 1
      count = read(heartbeat, &buffer, buffer.count)
      for byte in buffer.prefix(max(count, 0)) {
        if byte == UInt8(ascii: "h") { events.append(.beat) }
        if byte == UInt8(ascii: "s") { events.append(.madeSafe) }
      }
    }
    heartEnded = count == 0
    return heartEnded ? events + [.heartEnded] : events
  }

  private mutating func end() -> ControllerExit? {
    var info = siginfo_t()
    // Looked at before it is reaped: until then its process group's number cannot be anyone else's.
    guard waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_signo != 0
    else { return nil }
    kill(-process, SIGKILL)
    var status: Int32 = 0
    guard lockstep_reap(process, &status) == 1 else { return nil }
    reaped = true
    let code = lockstep_exit_code(status)
    return code >= 0 ? .status(code) : .signal(lockstep_ending_signal(status))
  }

  func send(_ signal: Int32) {
    if !reaped { kill(process, signal) }
  }

  /// SIGKILL to it and to whatever it started.
  func killGroup() {
    guard !reaped else { return }
    kill(process, SIGKILL)
    kill(-process, SIGKILL)
  }
}
