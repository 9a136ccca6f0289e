import CRealtime
import Glibc
import Quantities

/// The guard's life: starts the controller, watches it, and acts as its machine says.
public struct GuardProcess: ~Copyable {
  private let orders: GuardOrders
  private let latch: BenchLatch?
  private let signals: Int32
  private var machine: GuardMachine
  private var sequence: SafeSequence

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
    latch = try? BenchLatch(bench: orders.bench, folder: orders.latchFolder)
    signals = lockstep_signal_descriptor()
    sequence = SafeSequence(orders.plan)
    machine = GuardMachine(
      times: GuardMachine.Times(
        silence: Int64(orders.plan.heartbeatSilenceMilliseconds),
        proof: Int64(orders.plan.verification.timeoutMilliseconds)),
      now: Milliseconds.now)
  }

  private mutating func live() -> Int32 {
    do {
      guard let latch else { throw BenchStateError("bench name: \(BenchLatch.nameRule)") }
      try latch.arm(runFolder: orders.runFolder, unixTime: Self.unixTime)
    } catch {
      // Nothing is energised yet, and a bench that cannot be latched must not be.
      sequence.log.say("\(error); the run is not started")
      return 3
    }
    let status = guardController()
    do { try latch?.disarm() } catch { sequence.log.say("\(error)") }
    return status
  }

  private mutating func guardController() -> Int32 {
    do {
      var controller = try Controller(orders)
      while true {
        let now = Milliseconds.now
        let wait = machine.deadline.map { $0 - now } ?? 0
        var events = controller.events(signals: signals, within: wait)
        if events.isEmpty { events = [.tick] }
        for event in events {
          if let status = carryOut(machine.receive(event, at: Milliseconds.now), controller) {
            return status
          }
        }
      }
    } catch {
      let action = machine.receive(.notStarted(error.code), at: Milliseconds.now)
      return carryOut(action) ?? 3
    }
  }

  /// Acts, feeding each result back, until the machine waits (nil) or leaves.
  private mutating func carryOut(_ first: GuardMachine.Action, _ controller: borrowing Controller)
    -> Int32?
  {
    switch first {
    case .forward(let signal):
      controller.send(signal)
      sequence.log.say("signal \(signal) forwarded to the controller")
      return nil
    case .kill(let distress):
      controller.killGroup()
      sequence.log.say("\(distress): killed")
      return nil
    default: return carryOut(first)
    }
  }

  private mutating func carryOut(_ first: GuardMachine.Action) -> Int32? {
    var action = first
    while true {
      let event: GuardMachine.Event
      switch action {
      case .wait, .forward, .kill: return nil
      case .exit(let status): return status
      case .replay(let distress):
        sequence.log.say("\(distress): making the bench safe")
        event = .replayed(complete: sequence.replay())
      case .askMeter:
        let confirming = if case .confirming = machine.phase { true } else { false }
        event = .asked(gone: sequence.isCurrentGone(quietly: confirming))
      case .latch(let distress, let gone):
        set(distress, gone)
        event = .latched
      }
      action = machine.receive(event, at: Milliseconds.now)
    }
  }

  private mutating func set(_ distress: Distress, _ gone: Bool) {
    if !gone {
      sequence.log.say("CURRENT MAY STILL FLOW: given up asking; open the circuit by hand")
    }
    let replies = sequence.lastReplies.sorted { $0.key < $1.key }
    let record = LatchRecord(
      bench: orders.bench, runFolder: orders.runFolder, unixTime: Self.unixTime,
      reason: distress.description, currentIsGone: gone, actions: sequence.log.lines,
      replies: replies.map { $0.key + ": " + hexadecimal($0.value) })
    do {
      try latch?.set(record)
      sequence.log.say("bench \(orders.bench) latched (\(orders.latchFolder)): \(distress)")
    } catch {
      sequence.log.say("bench \(orders.bench) could not be latched: \(error)")
    }
  }

  private static var unixTime: Double { Double(lockstep_unix_nanoseconds()) / 1e9 }
}
