public import Electrochemistry
public import Profiles

/// What a rig is made of: the devices on the bench, the plant behind them, and how time passes.
public struct RigConfiguration: Sendable {
  /// One device at its place.
  package struct Seat: Sendable, Hashable {
    /// The instrument's name on the bench.
    package var name: String
    var kind: DeviceKind
    /// Its address on a serial bus.
    var unit: UInt8
    /// Served on a loopback socket as well.
    var isOnNetwork: Bool
  }

  /// In the order of the announcement.
  package let seats: [Seat]
  /// Which relay is the contactor's, from 0.
  package let contactorRelay: Int
  package let plant: PlantFile
  package let cell: CellParameters
  /// Decides every drawn number.
  package let seed: UInt64
  /// What makes time pass.
  package let pace: Pace
  /// Where the truth goes; nil: nowhere.
  package let truthPath: String?
  /// A proof instrument; nil in use.
  package let trap: SignalTrap?

  /// The rig of a bench file: serves every instrument whose port is `rig`.
  ///
  /// - Parameter cell: what the plant file's `cell` names.
  /// - Throws: when an instrument's profile is none that the rig can stand in for, when there is one
  ///   too many of a kind, or when the plant file speaks of what is not on the bench.
  public init(
    bench: BenchFile, plant: PlantFile, cell: CellParameters, seed: UInt64, pace: Pace,
    truthPath: String? = nil, trap: SignalTrap? = nil
  ) throws(RigError) {
    guard bench.wiring == .twoRelays else {
      throw RigError(
        .place, "\(bench.path): wiring \"\(bench.wiring.rawValue)\" has no rig; two-relays has")
    }
    seats = try Self.seats(bench, plant)
    contactorRelay = try Self.contactorRelay(bench)
    self.plant = plant
    self.cell = cell
    self.seed = seed
    self.pace = pace
    self.truthPath = truthPath
    self.trap = trap
    try checkSensors()
  }

  private static func seats(_ bench: BenchFile, _ plant: PlantFile) throws(RigError) -> [Seat] {
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
      seats.append(
        Seat(
          name: instrument.name, kind: kind, unit: UInt8(instrument.unit ?? Int(kind.unit)),
          isOnNetwork: plant.tcp.contains(instrument.name)))
    }
    for name in plant.tcp where !seats.contains(where: { $0.name == name }) {
      throw RigError(.place, "\(plant.path): tcp: no instrument \"\(name)\" served by the rig")
    }
    return seats
  }

  private static func contactorRelay(_ bench: BenchFile) throws(RigError) -> Int {
    guard let contactor = bench.instruments(.contactor).first, let channel = contactor.channel
    else { return 0 }
    guard channel <= WaveshareRelay.count else {
      throw RigError(
        .place,
        "\(bench.path):\(contactor.line): instrument.\(contactor.name).channel: \(channel), "
          + "allowed 1 to \(WaveshareRelay.count)")
    }
    return channel - 1
  }

  private func checkSensors() throws(RigError) {
    let known = seats.flatMap { seat in seat.kind.readings.map { "\(seat.name).\($0)" } }
    for name in plant.sensors.keys.sorted() where !known.contains(name) {
      throw RigError(
        .place,
        "\(plant.path): sensor.\(name): no such reading; "
          + "allowed are \(known.joined(separator: ", "))")
    }
  }
}
