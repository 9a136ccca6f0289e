public import Instruments
public import Profiles
public import Quantities
internal import Transports

/// Turns what a profile calls safe into bytes that the guard can replay without a parser.
public enum SafePlanCompiler {
  /// The plan of the device called `name` on the open `descriptor`: the profile's `safe` procedure,
  /// step by step. Each exchange is preceded by the device's gap (wall time, also in stepped pace:
  /// the guard knows no other), and is tried as often as the profile reads.
  ///
  /// - Parameters:
  ///   - framing: of a Modbus device. Other dialects have one framing each.
  ///   - checksum: of a KP184: the order of its checksum's bytes; nil: the device on `descriptor` is
  ///     asked for it, by reads alone.
  ///   - alarm: whether its alarm is sounded behind everything that makes it safe.
  /// - Throws: `unsupported` when a step cannot be said in bytes that are known now; `bus` when the
  ///   device does not say its checksum's order.
  public static func device(
    name: String, profile: InstrumentProfile, descriptor: Int32, framing: SafePlan.Framing,
    checksum: KP184Frame.ChecksumOrder? = nil, alarm: Bool = false
  ) throws(InstrumentError) -> SafePlan.Device {
    let frames = try frames(name, profile, descriptor, framing, checksum)
    var exchanges: [SafePlan.Exchange] = []
    for step in profile.safe {
      exchanges.append(try exchange(step, name, profile, frames))
    }
    if alarm { exchanges += try self.alarm(name, profile, frames) }
    return SafePlan.Device(
      name: name, descriptor: descriptor, framing: frames.framing, exchanges: exchanges)
  }

  /// Once each: what is to be proven and tried again after it must not wait for a lamp. While anything of
  /// the plan was not taken the guard replays all of it, the alarm too.
  private static func alarm(
    _ name: String, _ profile: InstrumentProfile, _ frames: any PlanFrames
  ) throws(InstrumentError) -> [SafePlan.Exchange] {
    guard let steps = profile.commands[.soundAlarm] else {
      throw InstrumentError(.unsupported, "\(name): \(profile.file) binds no sound_alarm")
    }
    var exchanges: [SafePlan.Exchange] = []
    for step in steps {
      var exchange = try exchange(step, name, profile, frames)
      exchange.attempts = 1
      exchanges.append(exchange)
    }
    return exchanges
  }

  /// How the device's exchanges are written.
  static func frames(
    _ name: String, _ profile: InstrumentProfile, _ descriptor: Int32,
    _ framing: SafePlan.Framing, _ checksum: KP184Frame.ChecksumOrder?
  ) throws(InstrumentError) -> any PlanFrames {
    let unit = UInt8(profile.transport.unit)
    switch profile.transport.dialect {
    case .modbus: return ModbusFrame(framing: framing == .tcp ? .tcp : .rtu, unit: unit)
    case .text: return TextPlanFrames(terminator: profile.transport.terminator.bytes)
    case .kp184:
      if let checksum { return KP184PlanFrames(unit: unit, order: checksum) }
      do throws(LineError) {
        var line = try KP184Line(
          name: name, descriptor: descriptor, unit: profile.transport.unit,
          timing: LineTiming(profile, framing: framing, pacing: .real))
        return KP184PlanFrames(unit: unit, order: try line.findOrder())
      } catch { throw InstrumentError(.bus, error.description) }
    }
  }

  private static func exchange(
    _ step: ProcedureStep, _ name: String, _ profile: InstrumentProfile,
    _ frames: any PlanFrames
  ) throws(InstrumentError) -> SafePlan.Exchange {
    func refusal(_ problem: String) -> InstrumentError {
      InstrumentError(
        .unsupported, "\(name): \(profile.file):\(step.line): \(problem): not replayable")
    }
    switch step.action {
    case .exchange: throw refusal("function 23")
    case .ordered, .inTurn: throw refusal("an order that depends on what the device holds")
    case .write(let index, let terms, _):
      var sum = 0.0
      for term in terms {
        guard case .constant(let number) = term else { throw refusal("a number not known now") }
        sum += number
      }
      let value = profile.values[index]
      guard let count = value.nearestCount(to: sum, scale: value.constantScale) else {
        throw refusal("\(sum) does not fit into \(value.name)")
      }
      return assemble(
        "\(name): \(value.name) = \(sum.formattedCount)", frames.write(count, value), profile,
        frames.framing)
    case .check(let index, let allowed, let tolerance):
      let value = profile.values[index]
      guard allowed.count == 1, tolerance == 0, let wanted = allowed.first,
        let frame = frames.check(wanted, value)
      else { throw refusal("more than one allowed value, or one that is no whole count") }
      var exchange = assemble(
        "\(name): \(value.name) is \(wanted.formattedCount)", frame, profile, frames.framing)
      // Each attempt asks once and then waits its reply timeout.
      let settling = (step.settle ?? .zero) / profile.timing.replyTimeout
      exchange.attempts += UInt32(settling.rounded(.up))
      return exchange
    }
  }

  static func assemble(
    _ purpose: String, _ frame: PlannedFrame, _ profile: InstrumentProfile,
    _ framing: SafePlan.Framing
  ) -> SafePlan.Exchange {
    // What went before may have been a write, of the controller or of this plan.
    let gap = max(profile.gap(framing), profile.timing.gapAfterWrite.value)
    return SafePlan.Exchange(
      purpose: purpose, request: frame.request, reply: frame.reply, replyMask: frame.mask,
      replyTimeoutMilliseconds: milliseconds(profile.timing.replyTimeout.value),
      gapMilliseconds: milliseconds(gap), attempts: UInt32(profile.timing.readAttempts))
  }

  static func milliseconds(_ seconds: Double) -> UInt32 { UInt32((seconds * 1000).rounded(.up)) }
}

extension DeclaredValue {
  /// The scale where it is known without asking the device, else NaN.
  var constantScale: Double {
    if case .constant(let scale) = scale { scale } else { .nan }
  }

  /// The raw number that reads as `wanted` under the mask of the bits that count; nil when none does.
  func rawPattern(of wanted: Double) -> (raw: UInt32, mask: UInt32)? {
    let count = wanted == 0 ? 0 : wanted / constantScale
    if let bits {
      let mask = UInt32(truncatingIfNeeded: ((UInt64(1) << bits.count) - 1) << bits.lowerBound)
      guard let number = UInt32(exactly: count), UInt64(number) < UInt64(1) << bits.count else {
        return nil
      }
      return (number << UInt32(bits.lowerBound), mask)
    }
    switch encoding {
    case .bit: return count == 0 || count == 1 ? (UInt32(count), 1) : nil
    case .f32: return (Float(count).bitPattern, 0xFFFF_FFFF)
    case .i16: return Int16(exactly: count).map { (UInt32(UInt16(bitPattern: $0)), 0xFFFF) }
    case .u8, .u16, .u24, .u32:
      let mask = UInt32(truncatingIfNeeded: (UInt64(1) << (encoding.byteCount * 8)) - 1)
      return UInt32(exactly: count).flatMap { $0 <= mask ? ($0, mask) : nil }
    case .decimal: return nil
    }
  }
}
