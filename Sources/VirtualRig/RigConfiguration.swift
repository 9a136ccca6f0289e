public import Electrochemistry
public import Profiles

/// What a rig is made of: the devices on the bench, the plant behind them, what goes wrong, and how
/// time passes.
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
    /// What the plant file says of its firmware.
    var options = PlantDevice()

    /// The socket's name in the announcement.
    var networkName: String { "\(name)-tcp" }
  }

  /// In the order of the announcement.
  package let seats: [Seat]
  /// Which relays drive the contactor's coil, from 0; any of them.
  package let contactorRelays: Range<Int>
  package let plant: PlantFile
  package let cell: CellParameters
  /// The file that says what goes wrong; nil: nothing does.
  package let faults: FaultFile?
  /// The same at its place on this bench.
  let schedule: FaultSchedule
  /// Decides every drawn number.
  package let seed: UInt64
  /// What makes time pass.
  package let pace: Pace
  /// Where the truth goes; nil: nowhere.
  package let truthPath: String?
  /// A folder of symbolic links to the serial ports; nil: their own paths are announced.
  package let links: String?
  /// A proof instrument; nil in use.
  package let trap: SignalTrap?

  /// The rig of a bench file: serves every instrument whose port is `rig`.
  ///
  /// - Parameter cell: what the plant file's `cell` names, or the fault file's wrong cell.
  /// - Throws: when an instrument's profile is none that the rig can stand in for, when there is one
  ///   too many of a kind, or when plant or fault file speak of what is not on the bench.
  public init(
    bench: BenchFile, plant: PlantFile, cell: CellParameters, faults: FaultFile? = nil,
    seed: UInt64, pace: Pace, truthPath: String? = nil, links: String? = nil,
    trap: SignalTrap? = nil
  ) throws(RigError) {
    guard bench.wiring == .twoRelays || bench.wiring == .bidirectional else {
      throw RigError(
        .place,
        "\(bench.path): wiring \"\(bench.wiring.rawValue)\" has no rig; two-relays and "
          + "bidirectional have")
    }
    let seats = try Self.seats(bench, plant)
    self.seats = seats
    contactorRelays = try Self.contactorRelays(bench)
    self.plant = plant
    self.cell = cell
    self.faults = faults
    schedule =
      try faults.map { (file) throws(RigError) in
        try FaultSchedule(file, on: seats, seed: seed)
      } ?? FaultSchedule()
    self.seed = seed
    self.pace = pace
    self.truthPath = truthPath
    self.links = links
    self.trap = trap
    try checkSensors()
    try checkTrap()
  }

  /// Whether a fault or a trap may take a port away.
  var mayLosePorts: Bool { schedule.mayLosePorts || trap?.unplugs != nil }

  private func checkTrap() throws(RigError) {
    guard let port = trap?.unplugs, !seats.contains(where: { $0.name == port }) else { return }
    let known = seats.map(\.name).joined(separator: ", ")
    throw RigError(.place, "--unplug \(port): not on this rig; allowed are \(known)")
  }

  private func checkSensors() throws(RigError) {
    let known = seats.flatMap { seat in
      seat.kind.readings.keys.sorted().map { "\(seat.name).\($0)" }
    }
    for name in plant.sensors.keys.sorted() where !known.contains(name) {
      throw RigError(
        .place,
        "\(plant.path): sensor.\(name): no such reading; "
          + "allowed are \(known.joined(separator: ", "))")
    }
  }
}
