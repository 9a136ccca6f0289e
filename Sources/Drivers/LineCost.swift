internal import Profiles
internal import Quantities

/// Bytes on the wire, by dialect, into time.
struct LineCost {
  let profile: InstrumentProfile
  let framing: SafePlan.Framing

  var gap: Double { profile.gap(framing) }

  private func wire(_ bytes: Int) -> Double {
    guard framing != .tcp, let serial = profile.transport.serial else { return 0 }
    return serial.duration(ofBytes: bytes).value
  }

  /// A request and its reply.
  func read(_ batch: ReadBatch) -> Double {
    switch profile.transport.dialect {
    // Request 8 bytes; reply 5 and the data.
    case .modbus: wire(8 + 5 + (batch.isBits ? (batch.count + 7) / 8 : batch.count * 2))
    case .kp184:
      wire(8 + 5 + (batch.address == KP184Frame.statusAddress ? KP184Frame.statusCount : 4))
    case .text: wire(textBytes(profile.values[batch.slots[0].value].text?.query) + Self.textReply)
    }
  }

  // Sign, nine digits and their point, an exponent, the terminator.
  private static let textReply = 18

  private func textBytes(_ line: String?) -> Int {
    (line?.utf8.count ?? 0) + profile.transport.terminator.bytes.count
  }

  func read(_ index: Int) -> Double { read(ReadBatch.of(index, profile)) }

  // A request and its acknowledgement: the longest of the KP184's three.
  private func write(_ value: DeclaredValue) -> Double {
    switch profile.transport.dialect {
    case .modbus:
      wire((value.writeFunction == 16 ? 9 + value.encoding.wordCount * 2 : 8) + 8)
    case .kp184: wire(13 + 13)
    case .text: wire(textBytes(value.text?.send) + Self.textReply)
    }
  }

  /// Frames of a step, and the gaps between them; not the gap before it.
  func frames(of step: ProcedureStep) -> Double {
    switch step.action {
    case .check(let index, _, _): return read(index)
    case .exchange(let index, _, let read):
      let words = profile.values[index].encoding.wordCount
      return wire(13 + words * 2) + wire(5 + profile.values[read].encoding.wordCount * 2)
    case .ordered(let limit, let setpoint):
      return read(setpoint.writtenValues[0]) + frames(of: limit) + frames(of: setpoint) + 2 * gap
    case .inTurn(let pair):
      let states = ReadBatch.plan(profile, values: [pair.first.state, pair.second.state])
      let after = max(gap, profile.timing.gapAfterWrite.value)
      return max(
        write(profile.values[pair.first.closing]), write(profile.values[pair.second.closing]))
        + states.reduce(0) { $0 + after + read($1) }
    case .write(let index, _, let readBack):
      let after = max(gap, profile.timing.gapAfterWrite.value)
      return write(profile.values[index]) + (readBack ? after + read(index) : 0)
    }
  }
}
