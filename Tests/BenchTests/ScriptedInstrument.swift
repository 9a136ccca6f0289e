import Instruments
import Quantities
import Synchronization

/// An instrument that notes what it was asked, and can be made to take its time.
final class ScriptedInstrument: Instrument, @unchecked Sendable {
  let name: String
  let valueNames = ["value"]
  /// What was done, in order.
  let done = Mutex<[String]>([])
  /// Held by the test: an acquisition does not return while it is.
  let gate = Mutex<Void>(())
  /// Set when an acquisition has begun.
  let began = Atomic<Bool>(false)

  init(_ name: String) { self.name = name }

  private func note(_ what: String) { done.withLock { $0.append(what) } }

  func open(at now: Seconds) throws(InstrumentError) { note("open") }

  func acquire(at now: Seconds, into readings: inout [Reading<Double>]) {
    began.store(true, ordering: .sequentiallyConsistent)
    gate.withLock { _ in }
    note("acquire")
    readings[0] = Reading(1, at: now)
  }

  func perform(_ command: Command, at now: Seconds) throws(InstrumentError) -> Readback {
    note("perform")
    return Readback(requested: 1, read: 1, agrees: true)
  }

  func makeSafe(at now: Seconds) throws(InstrumentError) { note("makeSafe") }

  func close(at now: Seconds) { note("close") }
}
