public import Instruments
public import Profiles
public import Quantities

extension SafePlanCompiler {
  /// How the guard sees that the current is gone: the reading `channel` of the meter called `name`.
  ///
  /// - Parameters:
  ///   - zero: offset of the meter, subtracted.
  ///   - threshold: gone means |I| below this...
  ///   - readings: ...in so many consecutive readings...
  ///   - timeout: ...within this wall time.
  public static func zeroCurrent(
    name: String, profile: InstrumentProfile, channel: String, descriptor: Int32,
    framing: SafePlan.Framing, zero: Amperes = .zero, threshold: Amperes, readings: Int = 3,
    timeout: Seconds
  ) throws(InstrumentError) -> SafePlan.ZeroCurrent {
    func refusal(_ problem: String) -> InstrumentError {
      InstrumentError(.unsupported, "\(name).\(channel): \(problem): the guard cannot read it")
    }
    guard let index = profile.channelIndex(named: channel),
      case .value(let valueIndex) = profile.channels[index].form
    else { throw refusal("no such single reading") }
    let value = profile.values[valueIndex]
    guard value.unit == "A" else {
      throw refusal("unit is \"\(value.unit)\", not A")
    }
    let frames = try frames(name, profile, descriptor, framing, .highFirst)
    guard let format = value.guardFormat, value.constantScale.isFinite,
      let (frame, offset) = frames.read(value)
    else {
      throw refusal("\(value.encoding.rawValue) with this word order, bits, sentinels or scale")
    }
    let read = assemble("\(name): \(channel)", frame, profile, frames.framing)
    return SafePlan.ZeroCurrent(
      device: SafePlan.Device(
        name: name, descriptor: descriptor, framing: frames.framing, exchanges: [read]),
      offset: UInt32(offset), format: format, scale: value.constantScale,
      zero: zero.value, threshold: threshold.value, readings: UInt32(max(1, readings)),
      timeoutMilliseconds: milliseconds(timeout.value))
  }
}

extension SafePlanCompiler {
  /// What the guard asks a meter or thermometer while it watches a cell after a trip (S9); nil when no
  /// reading of `channels` can be asked for in bytes that are known now.
  public static func watch(
    name: String, profile: InstrumentProfile, channels: [String], descriptor: Int32,
    framing: SafePlan.Framing
  ) throws(InstrumentError) -> SafePlan.Device? {
    let frames = try frames(name, profile, descriptor, framing, .highFirst)
    var exchanges: [SafePlan.Exchange] = []
    for channel in channels {
      guard let index = profile.channelIndex(named: channel),
        case .value(let valueIndex) = profile.channels[index].form,
        let (frame, _) = frames.read(profile.values[valueIndex])
      else { continue }
      exchanges.append(assemble("\(name): \(channel)", frame, profile, frames.framing))
    }
    guard !exchanges.isEmpty else { return nil }
    return SafePlan.Device(
      name: name, descriptor: descriptor, framing: frames.framing, exchanges: exchanges)
  }
}

extension DeclaredValue {
  /// The number format that the guard reads it by, or nil when the guard has none.
  fileprivate var guardFormat: SafePlan.NumberFormat? {
    guard bits == nil, sentinels.isEmpty else { return nil }
    switch encoding {
    case .f32 where wordOrder == .highFirst: return .float32BigEndian
    case .i16: return .int16BigEndian
    case .u16: return .uint16BigEndian
    case .decimal: return .decimalText
    default: return nil
    }
  }
}
