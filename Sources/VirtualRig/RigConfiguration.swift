/// What a rig is made of: the devices on the bench and the plant behind them.
public struct RigConfiguration: Sendable {
  /// One device at its place.
  public struct Seat: Sendable, Hashable {
    /// The instrument's name on the bench.
    public var name: String
    /// Which device stands there.
    public var kind: DeviceKind

    /// A seat from its parts.
    public init(name: String, kind: DeviceKind) {
      self.name = name
      self.kind = kind
    }
  }

  /// In the order of the announcement.
  public var seats: [Seat]
  /// The cell and what surrounds it, before anything is drawn.
  public var plant: PlantSettings
  /// Decides every drawn number.
  public var seed: UInt64
  /// What makes time pass.
  public var pace: Pace
  /// Where the truth goes; nil: nowhere.
  public var truthPath: String?
  /// A proof instrument; nil in use.
  public var trap: SignalTrap?

  /// A configuration from its parts. Throws when a device that there is one of has two seats.
  public init(
    seats: [Seat], plant: PlantSettings, seed: UInt64, pace: Pace, truthPath: String? = nil,
    trap: SignalTrap? = nil
  ) throws(RigError) {
    for kind in DeviceKind.allCases {
      let names = seats.filter { $0.kind == kind }.map(\.name)
      guard names.count <= 1 else {
        throw RigError(
          .place,
          "\(names.joined(separator: ", ")): a virtual bench has one \(kind.rawValue) at most")
      }
    }
    self.seats = seats
    self.plant = plant
    self.seed = seed
    self.pace = pace
    self.truthPath = truthPath
    self.trap = trap
  }
}
