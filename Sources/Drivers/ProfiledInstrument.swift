public import Instruments
public import Profiles
public import Quantities
public import Transports

/// A working instrument made of a profile and a line. Knows no device by name: all that differs
/// between two of them stands in their profiles.
public final class ProfiledInstrument: Instrument {
  /// Its name on the bench.
  public let name: String
  /// Names of what `acquire` delivers: the profile's channels, in its order.
  public let valueNames: [String]
  /// What is known of the device.
  public let profile: InstrumentProfile
  let limits: ArmedLimits
  let line: any DeviceLine
  /// Units per count of each value; NaN until its deciding register was read.
  var scales: [Double]
  /// What is last known of each value, read or taken by the device; NaN until then.
  var latest: [Double]
  /// What that was worth.
  var qualities: [Quality]
  /// When each timed relay was last told to close, pace time, s, by the value that is written.
  var closings: [Double]
  let batches: [ReadBatch]
  /// The requests that read the states of a pair of relays; none without one.
  let pairBatches: [ReadBatch]
  /// The request that reads each value alone.
  let singles: [ReadBatch]
  /// What the line brought of each value, in counts.
  let counts: UnsafeMutableBufferPointer<Double>
  /// The ceiling that the device took last; nil until one was set, or while it is a load.
  var ceiling: Double?
  /// Bidirectional: whether it was turned to a load last.
  var isSink = false
  /// Whether it was switched on last, as far as anybody here said.
  var isSwitchedOn = false
  /// Whether an output has fallen without a command since it was switched on.
  var hasFallen = false

  /// An instrument called `name` on an open descriptor, which somebody else will close.
  ///
  /// - Parameters:
  ///   - framing: of a Modbus device: `rtu` on a serial line, `tcp` on a socket. Other dialects have
  ///     one framing each.
  ///   - limits: what `open` arms; those that the profile names must be there.
  public convenience init(
    name: String, profile: InstrumentProfile, descriptor: Int32, framing: SafePlan.Framing,
    pacing: LineTiming.Pacing, limits: ArmedLimits
  ) throws(LineError) {
    let timing = LineTiming(profile, framing: framing, pacing: pacing)
    switch profile.transport.dialect {
    case .modbus:
      let line = try ModbusLine(
        name: name, profile: profile, descriptor: descriptor, framing: framing, pacing: pacing)
      self.init(name: name, profile: profile, line: line, limits: limits)
    case .kp184:
      let line = try KP184Line(
        name: name, descriptor: descriptor, unit: profile.transport.unit, timing: timing)
      self.init(name, profile, KP184DeviceLine(profile, line), limits)
    case .text:
      let line = try TextLine(name: name, descriptor: descriptor, timing: timing)
      self.init(name, profile, TextDeviceLine(profile, line), limits)
    }
  }

  /// A Modbus instrument called `name` on an open `line`.
  public convenience init(
    name: String, profile: InstrumentProfile, line: consuming ModbusLine, limits: ArmedLimits
  ) {
    self.init(name, profile, ModbusDeviceLine(profile, line), limits)
  }

  private init(
    _ name: String, _ profile: InstrumentProfile, _ line: any DeviceLine, _ limits: ArmedLimits
  ) {
    self.name = name
    self.profile = profile
    self.line = line
    self.limits = limits
    valueNames = profile.channels.map(\.name)
    scales = profile.values.map(\.constantScale)
    latest = Array(repeating: .nan, count: profile.values.count)
    qualities = Array(repeating: .missing, count: profile.values.count)
    closings = Array(repeating: -.infinity, count: profile.values.count)
    batches = ReadBatch.plan(profile, values: profile.channels.flatMap(\.values))
    pairBatches = ReadBatch.plan(
      profile, values: profile.relayPair.map { [$0.first.state, $0.second.state] } ?? [])
    singles = profile.values.indices.map { ReadBatch.of($0, profile) }
    counts = .allocate(capacity: profile.values.count)
    counts.initialize(repeating: .nan)
  }

  deinit { counts.deallocate() }

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
  ) throws(LineError) {
    let timing = LineTiming(profile, framing: framing, pacing: pacing)
    // Modbus frames must not reach a device that speaks something else.
    guard profile.transport.dialect == .modbus else {
      throw LineError(
        .otherDialect, instrument: name, unit: profile.transport.unit,
        subject: .descriptor(descriptor), operation: .opening,
        timeoutMilliseconds: timing.replyTimeoutMilliseconds)
    }
    try self.init(
      name: name, descriptor: descriptor, framing: framing, unit: profile.transport.unit,
      timing: timing)
  }
}

extension LineTiming {
  /// What `profile` wants in time.
  init(_ profile: InstrumentProfile, framing: SafePlan.Framing, pacing: Pacing) {
    self.init(
      replyTimeoutMilliseconds: Int((profile.timing.replyTimeout.value * 1000).rounded(.up)),
      gap: profile.gap(framing), gapAfterWrite: profile.timing.gapAfterWrite.value,
      pacing: pacing)
  }
}

extension InstrumentProfile {
  /// Silence before a request, s: the profile's, and on a serial line at least Modbus' own.
  func gap(_ framing: SafePlan.Framing) -> Double {
    guard transport.dialect == .modbus, framing == .rtu, let serial = transport.serial else {
      return timing.gap.value
    }
    return max(timing.gap.value, serial.frameSilence.value)
  }
}
