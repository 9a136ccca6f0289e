import Electrochemistry

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

  /// The ambient sensor that parts from the cell's thermometers: the record asks for an offset of it, or for a
  /// cooling, beyond what their priors allow. A thermometer in another place reads otherwise by a few kelvin and
  /// another chamber's fan cools two or three times as well; a record of another chamber than its name says
  /// asks for more, and a cell that does not warm in hot air asks for no cooling at all.
  mutating func watchAmbient(at time: Double) {
    guard thermometerCount > 0 else { return }
    let offset = entry(world.layout.ambientOffset).mean
    var share = offset.magnitude / max(4 * configuration.ambientOffsetSD, Self.leastOffset)
    if let place = configuration.parameters.firstIndex(where: {
      $0.name == .heatTransferCoefficient
    }) {
      let cooling = entry(world.layout.parameters.lowerBound + place).mean
      let limit = max(4 * configuration.parameters[place].logSD, Self.leastLogCooling)
      share = max(share, cooling.magnitude / limit)
    }
    if share > 1, !ambientDisagrees {
      ambientDisagrees = true
      note(.disagreement, 1, onset: time, size: -offset)
    } else if share < 0.5 {
      ambientDisagrees = false
    }
  }

  /// K.
  private static let leastOffset = 3.0
  /// ln of a factor of 4.
  private static let leastLogCooling = 1.386

  /// An edge of the current moves potentials, not temperatures, and a model that is off takes as long as its
  /// `settlingTime` to be as right as it was.
  private func isSteady(_ channel: Int) -> Bool {
    if channel > 0, channel != referenceChannel { return true }
    return skew.isSteady && (time ?? 0) - skew.movedAt >= configuration.settlingTime
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
