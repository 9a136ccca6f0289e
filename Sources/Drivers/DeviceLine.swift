internal import Profiles
internal import Transports

/// How the numbers of a device travel, in counts: all that differs between frame dialects. Everything
/// else (scales, checks, read-backs, procedures) is `ProfiledInstrument`'s and one for all.
///
/// Called from one thread; reads and writes allocate nothing.
protocol DeviceLine: AnyObject {
  /// Finds out by reads alone what the dialect leaves to the device. Called when it is opened.
  func begin() throws(LineError)

  /// What `begin` found, for a person; nil: nothing was to be found.
  var finding: String? { get }

  /// One transaction: the counts of the batch's values, each into `counts` at its value's index.
  func read(_ batch: ReadBatch, into counts: UnsafeMutableBufferPointer<Double>)
    throws(LineError)

  /// Writes `count` counts, which fit, to the value at `index`; returns when the device acknowledged,
  /// or at once where the dialect has no acknowledgements.
  func write(_ count: Double, to index: Int) throws(LineError)

  /// Writes as `write` and reads the value at `reading` in the same transaction; its counts. Only
  /// profiles of Modbus devices say this.
  func exchange(_ count: Double, to index: Int, reading: Int) throws(LineError) -> Double
}
