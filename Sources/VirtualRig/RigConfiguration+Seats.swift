import Profiles

extension RigConfiguration {
  /// The instruments that the rig serves; at most one of a kind, and of a kind of power stage.
  static func seats(_ bench: BenchFile, _ plant: PlantFile) throws(RigError) -> [Seat] {
    var seats: [Seat] = []
    for instrument in bench.instruments where instrument.port == .rig {
      let place = "\(bench.path):\(instrument.line): instrument.\(instrument.name)"
      guard let kind = DeviceKind(profile: instrument.profile.name) else {
        let names = DeviceKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw RigError(
          .place, "\(place): \"\(instrument.profile.name)\" has no rig; \(names) have")
      }
      if let twin = seats.first(where: { $0.kind == kind }) {
        throw RigError(.place, "\(place): a second \(kind.rawValue) beside \(twin.name)")
      }
      if let stage = kind.stage, let twin = seats.first(where: { $0.kind.stage == stage }) {
        throw RigError(.place, "\(place): a second \(stage) beside \(twin.name)")
      }
      seats.append(
        Seat(
          name: instrument.name, kind: kind, unit: UInt8(instrument.unit ?? Int(kind.unit)),
          isOnNetwork: plant.tcp.contains(instrument.name),
          options: plant.devices[instrument.name] ?? PlantDevice()))
    }
    try check(plant, seats)
    return seats
  }

  private static func check(_ plant: PlantFile, _ seats: [Seat]) throws(RigError) {
    for name in plant.tcp {
      guard let seat = seats.first(where: { $0.name == name }) else {
        throw RigError(.place, "\(plant.path): tcp: no instrument \"\(name)\" served by the rig")
      }
      guard seat.kind.framing == .modbus else {
        throw RigError(.place, "\(plant.path): tcp: \(seat.kind.rawValue) has no Modbus TCP")
      }
    }
    for (name, options) in plant.devices.sorted(by: { $0.key < $1.key }) {
      guard let seat = seats.first(where: { $0.name == name }) else {
        throw RigError(
          .place, "\(plant.path): device.\(name): no such instrument served by the rig")
      }
      guard seat.kind == .kunkin || options == PlantDevice() else {
        throw RigError(
          .place, "\(plant.path): device.\(name): checksum and acknowledgement are a kunkin-kp184's"
        )
      }
    }
  }

  static func contactorRelays(_ bench: BenchFile) throws(RigError) -> Range<Int> {
    guard let contactor = bench.instruments(.contactor).first else { return 0..<1 }
    let count = DeviceKind(profile: contactor.profile.name) == .relayPair ? 2 : 1
    let channel = contactor.channel ?? 1
    let most = WaveshareRelay.count - count + 1
    guard channel <= most else {
      throw RigError(
        .place,
        "\(bench.path):\(contactor.line): instrument.\(contactor.name).channel: \(channel), "
          + "allowed 1 to \(most)")
    }
    return channel - 1..<channel - 1 + count
  }
}
