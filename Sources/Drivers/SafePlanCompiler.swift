public import Instruments
public import Profiles
public import Quantities

/// Turns what a profile calls safe into bytes that the guard can replay without a parser.
public enum SafePlanCompiler {
  /// The plan of the device called `name` on the open `descriptor`: the profile's `safe` procedure,
  /// step by step. Each exchange is preceded by the device's gap (wall time, also in stepped pace:
  /// the guard knows no other), and is tried as often as the profile reads.
  ///
  /// - Throws: `unsupported` when a step cannot be said in bytes that are known now.
  public static func device(
    name: String, profile: InstrumentProfile, descriptor: Int32, framing: SafePlan.Framing
  ) throws(InstrumentError) -> SafePlan.Device {
    let frame = ModbusFrame(framing: framing, unit: UInt8(profile.transport.unit))
    var exchanges: [SafePlan.Exchange] = []
    for step in profile.safe {
      exchanges.append(try exchange(step, name, profile, frame))
    }
    return SafePlan.Device(
      name: name, descriptor: descriptor, framing: framing, exchanges: exchanges)
  }

  private static func exchange(
    _ step: ProcedureStep, _ name: String, _ profile: InstrumentProfile, _ frame: ModbusFrame
  ) throws(InstrumentError) -> SafePlan.Exchange {
    func refusal(_ problem: String) -> InstrumentError {
      InstrumentError(
        .unsupported, "\(name): \(profile.file):\(step.line): \(problem): not replayable")
    }
    switch step.action {
    case .exchange: throw refusal("function 23")
    case .write(let index, let terms, _):
      var sum = 0.0
      for term in terms {
        guard case .constant(let number) = term else { throw refusal("a number not known now") }
        sum += number
      }
      let value = profile.values[index]
      guard let words = value.encode(sum, scale: value.constantScale) else {
        throw refusal("\(sum) does not fit into \(value.name)")
      }
      return write(value, words, "\(name): \(value.name) = \(sum.formattedCount)", profile, frame)
    case .check(let index, let allowed, let tolerance):
      let value = profile.values[index]
      guard allowed.count == 1, tolerance == 0, let wanted = allowed.first,
        let words = value.encode(wanted, scale: value.constantScale)
      else { throw refusal("more than one allowed value") }
      return check(
        value, words, "\(name): \(value.name) is \(wanted.formattedCount)", profile, frame)
    }
  }

  private static func write(
    _ value: RegisterValue, _ words: RegisterWords, _ purpose: String,
    _ profile: InstrumentProfile, _ frame: ModbusFrame
  ) -> SafePlan.Exchange {
    let body: [UInt8]
    switch value.writeFunction {
    case 5 where value.isBit:
      body = ModbusFrame.writeOne(
        5, address: value.address, word: words.first & 1 == 0 ? 0 : 0xFF00)
    case 5: body = ModbusFrame.writeOne(5, address: value.address, word: words.first)
    case 6: body = ModbusFrame.writeOne(6, address: value.address, word: words.first)
    default: body = ModbusFrame.writeMany(address: value.address, words: words.array)
    }
    let reply = Array(body.prefix(5))
    return assemble(
      purpose, body, reply: reply, mask: frame.mask(header: reply.count, data: []), profile, frame)
  }

  private static func check(
    _ value: RegisterValue, _ words: RegisterWords, _ purpose: String,
    _ profile: InstrumentProfile, _ frame: ModbusFrame
  ) -> SafePlan.Exchange {
    let function = value.readFunction ?? 3
    let body = ModbusFrame.read(function, address: value.address, count: value.encoding.wordCount)
    // Bits beyond the one that was asked for are padding, and some devices fill it.
    let data = value.isBit ? [UInt8(words.first & 1)] : words.array.flatMap(ModbusFrame.bytes)
    let mask: [UInt8]
    switch value.encoding {
    case .bit: mask = [0x01]
    case .u16: mask = ModbusFrame.bytes(UInt16(value.mask))
    default: mask = Array(repeating: 0xFF, count: data.count)
    }
    return assemble(
      purpose, body, reply: [UInt8(function), UInt8(data.count)] + data,
      mask: frame.mask(header: 2, data: mask), profile, frame)
  }

  static func assemble(
    _ purpose: String, _ body: [UInt8], reply: [UInt8], mask: [UInt8],
    _ profile: InstrumentProfile, _ frame: ModbusFrame
  ) -> SafePlan.Exchange {
    // What went before may have been a write, of the controller or of this plan.
    let gap = max(profile.gap(frame.framing), profile.timing.gapAfterWrite.value)
    return SafePlan.Exchange(
      purpose: purpose, request: frame.wrapped(body), reply: frame.wrapped(reply),
      replyMask: mask, replyTimeoutMilliseconds: milliseconds(profile.timing.replyTimeout.value),
      gapMilliseconds: milliseconds(gap), attempts: UInt32(profile.timing.readAttempts))
  }

  static func milliseconds(_ seconds: Double) -> UInt32 { UInt32((seconds * 1000).rounded(.up)) }
}

extension RegisterValue {
  /// The scale where it is known without asking the device, else NaN.
  var constantScale: Double {
    if case .constant(let scale) = scale { scale } else { .nan }
  }
}
