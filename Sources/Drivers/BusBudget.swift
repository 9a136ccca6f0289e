public import Profiles
public import Quantities

/// What a device costs in time on its line, in the worst case, for `check`.
public struct BusBudget: Sendable, Hashable {
  /// Bytes on the wire and gaps of one whole acquisition; the device's own thinking time, which no
  /// profile knows, is not in it.
  public var acquisition: Seconds
  /// The same for a command that changes the current, read-back included; of a contactor, for a
  /// re-arming.
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
      (profile.commands[.setCurrent] ?? profile.commands[.rearm] ?? []).reduce(0) {
        $0 + line.gap + line.frames(of: $1)
      })
    let reply = profile.timing.replyTimeout.value
    let longest = batches.map(line.read).max() ?? 0
    let gap = max(line.gap, profile.timing.gapAfterWrite.value)
    let ramp = profile.timing.ramp?.value ?? 0
    func cost(_ steps: [ProcedureStep]) -> Double {
      longest + reply + steps.reduce(0) { $0 + gap + line.frames(of: $1) + reply } + ramp
    }
    timeToSafe = Seconds(cost(profile.safe.filter { !$0.writtenValues.isEmpty }))
    timeToConfirmedSafe = Seconds(cost(profile.safe))
    isRampKnown = profile.timing.ramp != nil
  }
}
