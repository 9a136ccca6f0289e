internal import Profiles

/// The faults of a rig in pace time: which are in force, and when the next begins or ends.
struct FaultSchedule {
  private(set) var faults: [RigFault]
  /// When the next begins or ends, microseconds; nil: nothing to come.
  private(set) var nextBoundary: Int64?
  /// Whether any is in force.
  private(set) var isAnyInForce = false

  init(_ faults: [RigFault] = []) {
    self.faults = faults
    nextBoundary = faults.compactMap(\.boundary).min()
  }

  /// Those in force, in the file's order.
  var inForce: some Sequence<RigFault> { faults.lazy.filter { $0.phase == .inForce } }

  /// Begins and ends what is due. Returns those that turned.
  mutating func turn(at now: Int64, signals: Signals) -> [RigFault] {
    guard let boundary = nextBoundary, boundary <= now else { return [] }
    var turned: [RigFault] = []
    for index in faults.indices where faults[index].turn(at: now, signals: signals) {
      turned.append(faults[index])
    }
    nextBoundary = faults.compactMap(\.boundary).min()
    isAnyInForce = faults.contains { $0.phase == .inForce }
    return turned
  }

  /// Whether a port may vanish at all in this rig.
  var mayLosePorts: Bool { faults.contains { $0.isPortGone } }

  /// How the port comes back; nil: it is there.
  func gone(device: Int, port: String) -> FaultEffect.Return? {
    guard isAnyInForce else { return nil }
    for fault in inForce where fault.concerns(device, port) {
      if case .portGone(let back) = fault.effect { return back }
    }
    return nil
  }

  /// What becomes of the reply to a request, in the file's order.
  func bus(device: Int, port: String, isWrite: Bool) -> [BusFault] {
    guard isAnyInForce else { return [] }
    return inForce.compactMap { fault in
      guard fault.concerns(device, port) else { return nil }
      switch fault.effect {
      case .bus(let bus, let on):
        return on == .any || (on == .write) == isWrite ? bus : nil
      // Without power nobody answers.
      case .reset, .portGone: return .silence(obeys: false)
      default: return nil
      }
    }
  }

  /// What the device does with writes while somebody works its panel; nil: nobody does.
  func panel(device: Int) -> FaultEffect.Writes? {
    guard isAnyInForce else { return nil }
    for fault in inForce where fault.device == device {
      if case .lostRemote(let writes) = fault.effect { return writes }
    }
    return nil
  }
}

extension RigFault {
  var isPortGone: Bool {
    if case .portGone = effect { true } else { false }
  }

  func concerns(_ device: Int, _ port: String) -> Bool {
    self.device == device && (self.port ?? port) == port
  }
}
