public import Quantities

/// A bench as its file says: the instruments wired to one cell, which reading is what, and the
/// bench's own limits. Decoded and checked in itself; what it names is found by `FileReference`.
public struct BenchFile: Sendable {
  /// The file as it was named.
  public var path: String
  /// The file's bytes, for the journal.
  public var bytes: [UInt8]
  /// The bench's name: the file's.
  public var name: String
  /// The cell on it.
  public var asset: String
  /// The cell's model, a BPX file.
  public var cell: FileReference
  /// What the cell may suffer.
  public var limits: FileReference
  /// Period of the scan at real pace.
  public var scan: Seconds
  /// Period of the twin's decision; a whole multiple of `scan`. At stepped pace the scan's too.
  public var control: Seconds
  /// Below this magnitude of measured current the bench counts as without current.
  public var zeroCurrent: Amperes
  /// Silence of the controller's heart after which the guard acts; at most 500 ms.
  public var heartbeatSilence: Seconds
  /// Largest spread of acquisition times within one sample; nil: `scan`.
  public var skew: Seconds?
  /// How source, load and contactor are wired.
  public var wiring: Wiring
  /// What is wired for safety.
  public var protection: BenchProtection
  /// The instruments, in the file's order.
  public var instruments: [BenchInstrument]
  /// Which reading is what.
  public var readings: BenchReadings
  /// What the bench's owner knows of its sensors.
  public var accuracy: BenchAccuracy
  /// The bench's own limits.
  public var bands: [LimitKind: LimitBand]
  /// For how long soft limits may be passed.
  public var delays: [LimitKind: Seconds]
  /// How far instruments may disagree, as `[plausibility]` says.
  public var plausibility: BenchPlausibility
  /// How long voltage and temperatures are watched after a trip; 60 min unless the file says otherwise.
  public var tripWatch: Seconds
  /// Where each of `bands` stands in the file.
  public var bandLines: [LimitKind: Int]

  /// How source, load and contactor are wired.
  public enum Wiring: String, Sendable, Hashable, CaseIterable {
    /// A relay each in the source's and in the load's branch.
    case twoRelays = "two-relays"
    /// One change-over relay between source and load.
    case changeOver = "change-over"
    /// One instrument that sources and sinks.
    case bidirectional
    /// The source feeds through a diode.
    case blockingDiode = "blocking-diode"
  }

  /// The instrument called `name`, or nil.
  public func instrument(_ name: String) -> BenchInstrument? {
    instruments.first { $0.name == name }
  }

  /// The instruments with `role`, in the file's order.
  public func instruments(_ role: BenchInstrument.Role) -> [BenchInstrument] {
    instruments.filter { $0.role == role }
  }

  /// The bench's limits as a layer of the envelope.
  public var layer: LimitLayer {
    LimitLayer(origin: .bench, source: path, bands: bands, delays: delays)
  }
}
