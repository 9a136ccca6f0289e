public import Instruments
public import Profiles
public import Quantities
public import Transports

/// A working instrument made of a profile and a line. Knows no device by name: all that differs
/// between two of them stands in their profiles.
public final class ModbusInstrument: Instrument {
  /// Its name on the bench.
  public let name: String
  /// Names of what `acquire` delivers: the profile's channels, in its order.
  public let valueNames: [String]
  /// What is known of the device.
  public let profile: InstrumentProfile
  let limits: ArmedLimits
  var line: ModbusLine
  /// Units per count of each value; NaN until its deciding register was read.
  var scales: [Double]
  /// What was last read of each value; NaN until then.
  var latest: [Double]
  /// What that was worth.
  var qualities: [Quality]
  let batches: [ReadBatch]
  let words: UnsafeMutableBufferPointer<UInt16>
  let bits: UnsafeMutableBufferPointer<UInt8>
  /// The ceiling that the device took last; nil until one was set.
  var ceiling: Double?

  /// An instrument called `name` on an open `line` (see `ModbusLine.init(name:profile:...)`).
  ///
  /// - Parameter limits: what `open` arms; those that the profile names must be there.
  public init(
    name: String, profile: InstrumentProfile, line: consuming ModbusLine, limits: ArmedLimits
  ) {
    self.name = name
    self.profile = profile
    self.line = line
    self.limits = limits
    valueNames = profile.channels.map(\.name)
    scales = profile.values.map { value in
      if case .constant(let scale) = value.scale { scale } else { .nan }
    }
    latest = Array(repeating: .nan, count: profile.values.count)
    qualities = Array(repeating: .missing, count: profile.values.count)
    batches = ReadBatch.plan(profile, values: profile.channels.flatMap(\.values))
    words = .allocate(capacity: 125)
    words.initialize(repeating: 0)
    bits = .allocate(capacity: max(1, batches.filter(\.isBits).map(\.count).max() ?? 1))
    bits.initialize(repeating: 0)
  }

  deinit {
    words.deallocate()
    bits.deallocate()
  }

  /// Index of the reading called `name` among `valueNames`, or nil.
  public func valueIndex(named name: String) -> Int? { valueNames.firstIndex(of: name) }

  func error(_ code: InstrumentError.Code, _ problem: String) -> InstrumentError {
    InstrumentError(code, "\(name): \(problem)")
  }
}

extension ModbusLine {
  /// A line as `profile` wants it. RTU lines keep at least Modbus' own silence between frames.
  public init(
    name: String, profile: InstrumentProfile, descriptor: Int32, framing: SafePlan.Framing,
    pacing: LineTiming.Pacing
  ) throws(ModbusError) {
    try self.init(
      name: name, descriptor: descriptor, framing: framing, unit: profile.transport.unit,
      timing: LineTiming(
        replyTimeoutMilliseconds: Int((profile.timing.replyTimeout.value * 1000).rounded(.up)),
        gap: profile.gap(framing), gapAfterWrite: profile.timing.gapAfterWrite.value,
        pacing: pacing))
  }
}

extension InstrumentProfile {
  /// Silence before a request, s: the profile's, and on a serial line at least Modbus' own.
  func gap(_ framing: SafePlan.Framing) -> Double {
    guard framing == .rtu, let serial = transport.serial else { return timing.gap.value }
    return max(timing.gap.value, serial.frameSilence.value)
  }
}
