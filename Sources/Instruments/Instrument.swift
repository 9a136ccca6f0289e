public import Quantities

/// A working instrument on an open port. All calls are made from that port's own thread.
public protocol Instrument: AnyObject {
  /// The instrument's name on the bench.
  var name: String { get }
  /// Names of the values that `acquire` delivers, in order.
  var valueNames: [String] { get }

  /// Checks identity and boot state, takes remote control, turns everything off, arms the device's
  /// own limits and reads all of it back. Leaves the output off. Changes nothing if identity fails.
  func open(at now: Seconds) throws(InstrumentError)

  /// Reads every value once into `readings` (count = `valueNames.count`). Never throws: what did not
  /// come is marked missing. Allocates nothing.
  func acquire(at now: Seconds, into readings: inout [Reading<Double>])

  /// Carries out one command and reads it back.
  func perform(_ command: Command, at now: Seconds) throws(InstrumentError) -> Readback

  /// Current to zero, output off, read back. May be called at any time, any number of times.
  func makeSafe(at now: Seconds) throws(InstrumentError)

  /// Gives the front panel back; the port stays with whoever opened it.
  func close(at now: Seconds)
}
