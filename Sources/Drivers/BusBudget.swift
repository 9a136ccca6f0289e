public import Profiles
public import Quantities

/// What a device costs in time on its line, in the worst case, for `check`.
public struct BusBudget: Sendable, Hashable {
  /// Bytes on the wire and gaps of one whole acquisition; the device's own thinking time, which no
  /// profile knows, is not in it.
  public var acquisition: Seconds
  /// The same for a command that changes the current, read-back included.
  public var setCurrent: Seconds
  /// From the death of the controller until the device was told to stop and has: a frame in flight
  /// with its reply, each write of the safe procedure with its gap and reply, the ramp.
  public var timeToSafe: Seconds
  /// As `timeToSafe`, and the checks that confirm it. In both every reply comes in its last moment.
  public var timeToConfirmedSafe: Seconds
  /// Whether the ramp is known; if not, it counts as 0 and the figures are lower bounds.
  public var isRampKnown: Bool
}

extension BusBudget {
  /// The budget of a device with `profile` on a line of `framing`. TCP counts no time for bytes.
  public init(_ profile: InstrumentProfile, framing: SafePlan.Framing) {
    let line = LineCost(profile: profile, framing: framing)
    let batches = ReadBatch.plan(profile, values: profile.channels.flatMap(\.values))
    acquisition = Seconds(batches.reduce(0) { $0 + line.read($1) + line.gap })
    setCurrent = Seconds(
      (profile.commands[.setCurrent] ?? []).reduce(0) { $0 + line.gap + line.frames(of: $1) })
    let reply = profile.timing.replyTimeout.value
    let longest = batches.map(line.read).max() ?? 0
    let gap = max(line.gap, profile.timing.gapAfterWrite.value)
    let ramp = profile.timing.ramp?.value ?? 0
    func cost(_ steps: [ProcedureStep]) -> Double {
      longest + reply + steps.reduce(0) { $0 + gap + line.frames(of: $1) + reply } + ramp
    }
    timeToSafe = Seconds(cost(profile.safe.filter { $0.writtenValue != nil }))
    timeToConfirmedSafe = Seconds(cost(profile.safe))
    isRampKnown = profile.timing.ramp != nil
  }
}

/// Bytes into time.
private struct LineCost {
  let profile: InstrumentProfile
  let framing: SafePlan.Framing

  var gap: Double { profile.gap(framing) }

  func wire(_ bytes: Int) -> Double {
    guard framing == .rtu, let serial = profile.transport.serial else { return 0 }
    return serial.duration(ofBytes: bytes).value
  }

  // Request 8 bytes; reply 5 and the data.
  func read(_ batch: ReadBatch) -> Double {
    wire(8 + 5 + (batch.isBits ? (batch.count + 7) / 8 : batch.count * 2))
  }

  func read(_ index: Int) -> Double {
    let value = profile.values[index]
    return wire(8 + 5 + (value.isBit ? 1 : value.encoding.wordCount * 2))
  }

  // Frames of a step, and the gaps between them; not the gap before it.
  func frames(of step: ProcedureStep) -> Double {
    switch step.action {
    case .check(let index, _, _): return read(index)
    case .exchange(let index, _, let read):
      let words = profile.values[index].encoding.wordCount
      return wire(13 + words * 2) + wire(5 + profile.values[read].encoding.wordCount * 2)
    case .write(let index, _, let readBack):
      let value = profile.values[index]
      let request = value.writeFunction == 16 ? 9 + value.encoding.wordCount * 2 : 8
      let after = max(gap, profile.timing.gapAfterWrite.value)
      return wire(request + 8) + (readBack ? after + read(index) : 0)
    }
  }
}
