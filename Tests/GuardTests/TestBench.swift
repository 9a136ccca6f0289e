import CRealtime
import Foundation
import Guard
import Quantities

/// A contactor, a supply and a meter on three ptys, and the real guard process over them.
final class TestBench {
  let timeline = Timeline()
  let folder: String
  let contactor: TestDevice
  let psu: TestDevice
  let meter: TestDevice
  var orders: GuardOrders
  /// The guard's executable.
  var program =
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path + "/lockstep-guard"
  /// Descriptors that the guard is started with beside what its orders name.
  var more: [Int32] = []
  /// What the guard that ended last used, s.
  private(set) var processorTime = 0.0
  /// How often it went to sleep.
  private(set) var sleeps = 0

  /// `script` is the controller's, run by bash: `$2` is the heartbeat's descriptor, `$4` the guard
  /// pipe's.
  init(
    _ script: String, contactor contactorManner: TestDevice.Manner = .right,
    psu psuManner: TestDevice.Manner = .right, meter meterManner: TestDevice.Manner = .right,
    welded: Bool = false, pending: [UInt8] = [], timeout: UInt32 = 5_000,
    silence: UInt32 = 10_000, proof: UInt32 = 20_000
  ) throws {
    folder = NSTemporaryDirectory() + "guard-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    contactor = try TestDevice(
      "contactor", manner: contactorManner, timeline: timeline, welded: welded, pending: pending)
    psu = try TestDevice(
      "psu", manner: psuManner, timeline: timeline, welded: welded, pending: pending)
    meter = try TestDevice(
      "meter", manner: meterManner, timeline: timeline, welded: welded, pending: pending)
    orders = GuardOrders(
      plan: Self.plan(
        contactor: contactor.slave, psu: psu.slave, meter: meter.slave, timeout: timeout,
        silence: silence, proof: proof),
      controller: "/bin/bash",
      arguments: ["bash", "-c", "cd \(folder)\n" + script, "controller"],
      ports: [
        .init(name: "contactor", descriptor: contactor.slave),
        .init(name: "psu", descriptor: psu.slave), .init(name: "meter", descriptor: meter.slave),
      ], locks: [], bench: "test", runFolder: folder + "/run", latchFolder: folder + "/latches")
  }

  func latch() throws -> BenchLatch { try BenchLatch(bench: "test", folder: orders.latchFolder) }

  /// Runs the guard to its end; its status as of waitpid(2).
  func run() throws -> Int32 { try end(of: start()) }

  /// Waits for the end of a guard that was started; its status as of waitpid(2).
  func end(of process: Int32) -> Int32 {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    processorTime = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
    sleeps = usage.ru_nvcsw
    return status
  }

  /// Waits until the guard has said something with `text` in it; who waits a minute waits in vain.
  func awaitWords(_ text: String) throws {
    for _ in 0..<6_000 where !stderr.contains(text) { poll(nil, 0, 10) }
    try require(stderr.contains(text))
  }

  /// Starts the guard; its process.
  func start() throws -> Int32 {
    let memory = try orders.sealed()
    defer { Foundation.close(memory) }
    return try start(["\(memory)"], orders.descriptors + [memory] + more)
  }

  /// Starts the guard's program with any arguments; its process.
  func start(_ words: [String], _ kept: [Int32]) throws -> Int32 {
    // The shell only sends stderr to a file and then becomes the guard, as `run` does.
    let shell = ["sh", "-c", "exec \"$0\" \"$@\" 2>'\(folder)/stderr'", program] + words
    var arguments: [UnsafeMutablePointer<CChar>?] = shell.map { strdup($0) } + [nil]
    let process = lockstep_spawn("/bin/sh", &arguments, kept, Int32(kept.count))
    for argument in arguments { free(argument) }
    try require(process > 0)
    return process
  }

  /// The exit status of the guard, run to its end.
  func exitStatus() throws -> Int32 { lockstep_exit_code(try run()) }

  var stderr: String { (try? String(contentsOfFile: folder + "/stderr", encoding: .utf8)) ?? "" }

  /// Ends the devices once guard and controller are gone.
  func close() {
    for device in [contactor, psu, meter] { device.close() }
    try? FileManager.default.removeItem(atPath: folder)
  }

  static let openContactor = framed([1, 5, 0, 0, 0, 0])
  static let outputOff = framed([1, 6, 0, 18, 0, 0])
  static let readCurrent = framed([3, 4, 0, 2, 0, 2])

  static func plan(
    contactor: Int32, psu: Int32, meter: Int32, timeout: UInt32, silence: UInt32, proof: UInt32
  ) -> SafePlan {
    func exchange(_ purpose: String, _ request: [UInt8], _ reply: [UInt8]?, _ mask: [UInt8]? = nil)
      -> SafePlan.Exchange
    {
      let reply = reply ?? request
      return SafePlan.Exchange(
        purpose: purpose, request: request, reply: reply,
        replyMask: mask ?? [UInt8](repeating: 0xFF, count: reply.count),
        replyTimeoutMilliseconds: timeout, gapMilliseconds: 2, attempts: 3)
    }
    return SafePlan(
      devices: [
        .init(
          name: "contactor", descriptor: contactor, framing: .rtu,
          exchanges: [exchange("open", openContactor, nil)]),
        .init(
          name: "psu", descriptor: psu, framing: .rtu,
          exchanges: [exchange("output off", outputOff, nil)]),
      ],
      verification: .init(
        device: .init(
          name: "meter", descriptor: meter, framing: .rtu,
          exchanges: [
            exchange(
              "read current", readCurrent, [3, 4, 4, 0, 0, 0, 0, 0, 0],
              [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0])
          ]), offset: 3, format: .float32BigEndian, scale: 1, zero: 0, threshold: 0.02,
        readings: 3, timeoutMilliseconds: proof), heartbeatSilenceMilliseconds: silence)
  }
}
