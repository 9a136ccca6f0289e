import CRealtime
import Glibc
import Quantities

/// The guard's life: starts the controller, watches it, and acts as its machine says.
public struct GuardProcess: ~Copyable {
  private let orders: GuardOrders
  private let signals: SignalSource
  private var machine: GuardMachine
  private var sequence: SafeSequence
  /// When the event at hand was seen, ns.
  private var seen: Int64 = 0
  private var hasReplayed = false

  /// What `lockstep-guard` does: reads its orders from the sealed memory file whose descriptor is its only
  /// argument, and guards the run. 2 when there are no orders; nothing is energised then.
  public static func main(_ arguments: [String]) -> Int32 {
    var log = GuardLog()
    guard arguments.count == 2, let descriptor = Int32(arguments[1]) else {
      log.say("started by `lockstep run` only, with the descriptor of its orders")
      return 2
    }
    do {
      return run(try GuardOrders.load(descriptor: descriptor))
    } catch {
      log.say("\(error)")
      return 2
    }
  }

  /// Guards one run from its orders to its end; the exit status of the whole run.
  public static func run(_ orders: GuardOrders) -> Int32 {
    _ = lockstep_close_on_exec_from(3)
    lockstep_settle_process("lockstep-guard")
    var process = GuardProcess(orders)
    return process.live()
  }

  private init(_ orders: GuardOrders) {
    self.orders = orders
    signals = SignalSource()
    sequence = SafeSequence(orders.plan)
    machine = GuardMachine(
      times: GuardMachine.Times(
        silence: Int64(orders.plan.heartbeatSilenceMilliseconds),
        proof: Int64(orders.plan.verification.timeoutMilliseconds)),
      now: Nanoseconds.nowInMilliseconds)
  }

  private mutating func live() -> Int32 {
    do {
      let latch = try BenchLatch(bench: orders.bench, folder: orders.latchFolder)
      try latch.arm(runFolder: orders.runFolder, unixTime: Self.unixTime)
      let status = guardController(latch)
      do { try latch.disarm() } catch { sequence.log.say("\(error)") }
      return status
    } catch {
      // Nothing is energised yet, and a bench that cannot be latched must not be.
      sequence.log.say("\(error); the run is not started")
      return 3
    }
  }

  private mutating func guardController(_ latch: BenchLatch) -> Int32 {
    var controller: Controller? = nil
    var events: [GuardMachine.Event] = []
    do {
      controller = try Controller(orders)
    } catch {
      events = [.notStarted(error.code)]
    }
    var status: Int32?
    while status == nil {
      seen = Nanoseconds.now
      for event in events.isEmpty ? [.tick] : events where status == nil {
        let action = machine.receive(event, at: Nanoseconds.nowInMilliseconds)
        status = carryOut(action, controller, latch)
      }
      let deadline = Nanoseconds.milliseconds(machine.deadline ?? 0)
      events =
        controller?.events(signals: signals, until: deadline)
        ?? signals.next(until: deadline).map { [.signal($0)] } ?? []
    }
    return status ?? 3
  }

  /// Acts, feeding each result back, until the machine waits (nil) or leaves.
  private mutating func carryOut(
    _ first: GuardMachine.Action, _ controller: borrowing Controller?, _ latch: BenchLatch
  ) -> Int32? {
    var action = first
    while let event = result(of: action, controller, latch) {
      action = machine.receive(event, at: Nanoseconds.nowInMilliseconds)
    }
    return if case .exit(let status) = action { status } else { nil }
  }

  /// Does it; nil when nothing comes of it at once.
  private mutating func result(
    of action: GuardMachine.Action, _ controller: borrowing Controller?, _ latch: BenchLatch
  ) -> GuardMachine.Event? {
    switch action {
    case .wait, .exit: return nil
    case .forward(let signal):
      controller?.send(signal)
      sequence.log.say("signal \(signal) forwarded to the controller")
      return nil
    case .kill(let distress):
      controller?.killGroup()
      sequence.log.say("\(distress): killed")
      return nil
    case .warn:
      sequence.log.say(
        "the current is not shown to be gone: still trying; once more leaves the bench as it is")
      return nil
    case .replay(let distress): return .replayed(complete: replay(distress))
    case .askMeter:
      let confirming = if case .confirming = machine.phase { true } else { false }
      return .asked(gone: sequence.isCurrentGone(quietly: confirming))
    case .latch(let distress, let gone):
      set(latch, distress, gone)
      return .latched
    case .watch:
      AfterTripWatch.keep(&sequence, runFolder: orders.runFolder, signals: signals)
      return .watched
    }
  }

  private mutating func replay(_ distress: Distress) -> Bool {
    // The first bytes before the first words.
    let isFirst = !hasReplayed
    hasReplayed = true
    let complete = sequence.replay(death: isFirst ? seen : nil)
    sequence.log.sayOnce("\(distress): the safe plan was replayed")
    return complete
  }

  private mutating func set(_ latch: BenchLatch, _ distress: Distress, _ gone: Bool) {
    if !gone {
      sequence.log.say(
        "CURRENT MAY STILL FLOW: open the circuit by hand; the guard goes on trying and keeps the "
          + "bench locked")
    }
    let replies = sequence.lastReplies.sorted { $0.key < $1.key }
    let record = LatchRecord(
      bench: orders.bench, runFolder: orders.runFolder, unixTime: Self.unixTime,
      reason: distress.description, currentIsGone: gone, actions: sequence.log.lines,
      replies: replies.map { $0.key + ": " + hexadecimal($0.value) })
    do {
      try latch.set(record)
      let safe = gone ? "safe and latched" : "latched"
      sequence.log.say("bench \(orders.bench) is \(safe) (\(orders.latchFolder)): \(distress)")
    } catch {
      sequence.log.say("bench \(orders.bench) could not be latched: \(error)")
    }
  }

  private static var unixTime: Double { Double(lockstep_unix_nanoseconds()) / 1e9 }
}
