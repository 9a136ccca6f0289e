import CRealtime
package import Instruments
package import Quantities

/// One port and its instruments on a thread of its own: a slow or silent device blinds no other.
///
/// Between `post` and the moment `isDone` turns true the port thread alone touches the instruments
/// and results; before and after, the scan thread alone. `Turn` orders the two.
package final class PortThread: @unchecked Sendable {
  let name: String
  /// Instruments on this port, in the bench's order.
  let instruments: [any Instrument]
  /// Latest readings of each instrument. Read by the scan thread while `isDone`.
  package private(set) var readings: [[Reading<Double>]]
  /// Read-backs of the last `perform` order.
  package private(set) var readbacks: InlineArray<4, Readback>
  /// First failure of the last order.
  package private(set) var failure: InstrumentError?

  private var order = PortOrder(.acquire, at: .zero)
  private var posted = 0
  private let asked = Turn()
  private let done = Turn()
  private let emergency = Turn()
  private var thread: PlainThread?

  /// - Parameter priority: under SCHED_FIFO; nil: no matter of time.
  package init(name: String, instruments: [any Instrument], priority: Int32? = nil) {
    self.name = name
    self.instruments = instruments
    readings = instruments.map { instrument in
      instrument.valueNames.map { _ in Reading(.nan, at: .zero, quality: .missing) }
    }
    readbacks = .init(repeating: Readback(requested: 0, read: .nan, agrees: false))
    failure = nil
    thread = PlainThread("port-\(name)", priority: priority) { [self] in run() }
  }

  /// True when the port has carried out everything that was posted.
  package var isDone: Bool { done.value >= posted }

  /// Hands an order over. Only when `isDone`.
  package func post(_ order: PortOrder) {
    self.order = order
    failure = nil
    posted += 1
    asked.advance(to: posted)
  }

  /// Waits for the posted order until a deadline on the monotonic clock.
  package func wait(until deadline: Int64) -> Bool { done.wait(for: posted, until: deadline) }

  /// Tells a port that is still busy to make its devices safe as soon as it is free.
  package func makeSafeWhenFree() { emergency.advance(to: 1) }

  /// Ends the thread after the order in hand.
  package func stop() {
    posted += 1
    order = PortOrder(.stop, at: .zero)
    asked.advance(to: posted)
    thread?.join()
    thread = nil
  }

  private func run() {
    var next = 1
    var served = 0
    while asked.wait(for: next) {
      let order = order
      serveEmergency(&served, at: order.now)
      // After an emergency nothing that moves current is carried out any more.
      if served == 0 || order.kind != .perform { carryOut(order) }
      // One that came while this order was in hand is served before the order counts as done.
      serveEmergency(&served, at: order.now)
      done.advance(to: next)
      if order.kind == .stop { return }
      next += 1
    }
  }

  private func serveEmergency(_ served: inout Int, at now: Seconds) {
    let called = emergency.value
    guard called > served else { return }
    makeSafe(at: now)
    served = called
  }

  private func carryOut(_ order: PortOrder) {
    do throws(InstrumentError) {
      switch order.kind {
      case .open:
        for instrument in instruments { try instrument.open(at: order.now) }
      case .acquire:
        for index in instruments.indices {
          instruments[index].acquire(at: order.now, into: &readings[index])
        }
      case .perform:
        var expires = order.expires
        for index in 0..<order.count {
          // Asked right before each command. A slow device may take its time; between two commands
          // nobody may.
          let late = lockstep_monotonic_nanoseconds() - expires
          guard late <= 0 else {
            throw InstrumentError(
              .unsupported,
              "\(name): held up: an order expired \(late / 1_000_000) ms ago and was not carried out"
            )
          }
          readbacks[index] = try instruments[order.targets[index]]
            .perform(order.commands[index], at: order.now)
          expires = lockstep_monotonic_nanoseconds() + PortOrder.lifetime
        }
      case .makeSafe: makeSafe(at: order.now)
      case .close:
        for instrument in instruments { instrument.close(at: order.now) }
      case .stop: break
      }
    } catch {
      failure = error
    }
  }

  private func makeSafe(at now: Seconds) {
    for instrument in instruments {
      do {
        try instrument.makeSafe(at: now)
      } catch {
        failure = error
      }
    }
  }
}
