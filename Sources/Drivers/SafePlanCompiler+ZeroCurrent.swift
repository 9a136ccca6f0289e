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
    guard let index = profile.channelIndex(named: channel), !profile.channels[index].isAny,
      let valueIndex = profile.channels[index].values.first
    else { throw refusal("no such single reading") }
    let value = profile.values[valueIndex]
    guard value.unit == "A", let function = value.readFunction else {
      throw refusal("unit is \"\(value.unit)\", not A")
    }
    guard let format = value.guardFormat, value.constantScale.isFinite else {
      throw refusal("\(value.encoding.rawValue) with this word order, mask, sentinels or scale")
    }
    let frame = ModbusFrame(framing: framing, unit: UInt8(profile.transport.unit))
    let count = value.encoding.wordCount
    let free = [UInt8](repeating: 0, count: count * 2)
    let read = assemble(
      "\(name): \(channel)", ModbusFrame.read(function, address: value.address, count: count),
      reply: [UInt8(function), UInt8(count * 2)] + free,
      mask: frame.mask(header: 2, data: free), profile, frame)
    return SafePlan.ZeroCurrent(
      device: SafePlan.Device(
        name: name, descriptor: descriptor, framing: framing, exchanges: [read]),
      offset: UInt32(frame.front + 2), format: format, scale: value.constantScale,
      zero: zero.value, threshold: threshold.value, readings: UInt32(max(1, readings)),
      timeoutMilliseconds: milliseconds(timeout.value))
  }
}

extension RegisterValue {
  /// The number format that the guard reads it by, or nil when the guard has none.
  fileprivate var guardFormat: SafePlan.NumberFormat? {
    guard mask == 0xFFFF, sentinels.isEmpty else { return nil }
    switch encoding {
    case .f32 where wordOrder == .highFirst: return .float32BigEndian
    case .i16: return .int16BigEndian
    case .u16: return .uint16BigEndian
    default: return nil
    }
  }
}
