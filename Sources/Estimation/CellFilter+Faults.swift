extension CellFilter {
  /// The reading of a channel, NaN when its sensor is stuck; the voltage is channel 0.
  mutating func reading(_ value: Double, of channel: Int) -> Double {
    // Particles ask themselves whether the voltmeter is stuck.
    if channel == 0, configuration.filter == .particle { return value }
    let time = time ?? 0
    if let kind = channelMonitors[channel].takes(
      value, at: time, isSteady: isSteady(channel))
    {
      note(kind, channel, onset: channelMonitors[channel].stuckSince, size: 0)
    }
    return channelMonitors[channel].isStuck ? .nan : value
  }

  /// Names what the outcomes of an update tell of the sensors. A sensor that jumped goes on with an offset
  /// that the filter does not know.
  mutating func watch(at time: Double) {
    for channel in channelMonitors.indices {
      let outcome = outcomes[channel]
      guard
        let (kind, onset) = channelMonitors[channel].takes(
          outcome, at: time, isSteady: isSteady(channel))
      else { continue }
      note(kind, channel, onset: onset, size: outcome.innovation)
      // A reference electrode that jumped has no offset to take it: its readings go on being gated.
      guard kind == .jump, channel != referenceChannel else { continue }
      let layout = world.layout
      let entry =
        channel == 0 ? layout.positiveOffset : layout.thermometers.lowerBound + channel - 1
      filter.loosen(entry, variance: outcome.innovation * outcome.innovation)
    }
  }

  /// An edge of the current moves potentials, not temperatures.
  private func isSteady(_ channel: Int) -> Bool {
    skew.isSteady || (channel > 0 && channel != referenceChannel)
  }

  private mutating func note(
    _ kind: SensorFault.Kind, _ channel: Int, onset: Double, size: Double
  ) {
    // A bench with so many faults is told enough.
    guard faults.count < 1000 else { return }
    faults.append(
      SensorFault(
        channel: channel == 0
          ? .voltage : channel == referenceChannel ? .reference : .thermometer(channel - 1),
        kind: kind, onset: onset,
        found: time ?? onset, size: size))
  }
}
