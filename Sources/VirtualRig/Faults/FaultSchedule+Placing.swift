internal import Profiles

extension FaultSchedule {
  /// The faults of a file at their places among a bench's devices.
  ///
  /// - Throws: when a place is not on the bench, or has nothing that could go wrong so.
  init(_ file: FaultFile, on seats: [RigConfiguration.Seat], seed: UInt64) throws(RigError) {
    var placed: [RigFault] = []
    for (index, fault) in file.faults.enumerated() {
      placed.append(
        try FaultPlacing(file: file.path, fault: fault, seats: seats).placed(index, seed))
    }
    self.init(placed)
  }
}

/// One fault on its way to its place.
private struct FaultPlacing {
  let file: String
  let fault: Fault
  let seats: [RigConfiguration.Seat]

  func placed(_ index: Int, _ seed: UInt64) throws(RigError) -> RigFault {
    switch fault.place {
    case .bench: return RigFault(fault, index: index, seed: seed, device: nil)
    case .device(let name):
      let place = try find(name, "device", among: seats.map(\.name))
      try check(seats[place])
      return RigFault(
        fault, index: index, seed: seed, device: place, kind: seats[place].kind)
    case .port(let name):
      let ports = seats.indices.flatMap { seat in
        [(seats[seat].name, seat)]
          + (seats[seat].isOnNetwork ? [(seats[seat].networkName, seat)] : [])
      }
      let place = ports[try find(name, "port", among: ports.map(\.0))].1
      try check(seats[place])
      return RigFault(fault, index: index, seed: seed, device: place, port: name)
    case .reading(let name):
      let readings = seats.indices.flatMap { seat in
        seats[seat].kind.readings.keys.sorted().map { ("\(seats[seat].name).\($0)", seat, $0) }
      }
      let (_, place, reading) = readings[try find(name, "reading", among: readings.map(\.0))]
      try check(reading, of: seats[place])
      return RigFault(fault, index: index, seed: seed, device: place, reading: name)
    }
  }

  private func find(_ name: String, _ key: String, among names: [String]) throws(RigError) -> Int {
    if let place = names.firstIndex(of: name) { return place }
    throw refusal(
      "\(key): \"\(name)\": not on this rig\(Suggestion.hint(for: name, among: names)); allowed are "
        + names.joined(separator: ", "))
  }

  private func check(_ seat: RigConfiguration.Seat) throws(RigError) {
    let isText = seat.kind.framing == .text
    let isPlainModbus = seat.kind.framing == .modbus
    let fits: Bool =
      switch fault.effect {
      case .bus(.exception, _): isPlainModbus
      case .bus(.badCRC, _), .bus(.wrongUnit, _): !isText
      case .staysOn, .tripped: seat.kind.stage != nil
      case .loadStuckOn: seat.kind.stage == .load
      case .lostRemote(let writes):
        (seat.kind.stage != nil || isText) && (writes == .ignored || isPlainModbus)
      case .reset: seat.kind != .pace
      default: true
      }
    guard fits else { throw refusal("device: a \(seat.kind.rawValue) has no such fault") }
  }

  private func check(_ reading: String, of seat: RigConfiguration.Seat) throws(RigError) {
    guard case .sensor(let effect) = fault.effect, let unit = seat.kind.readings[reading] else {
      return
    }
    switch effect {
    case .drift(let amount), .offset(let amount), .noise(let amount):
      guard amount.unit == unit else {
        throw refusal("\(seat.name).\(reading) is in \(unit.rawValue), not \(amount.unit.rawValue)")
      }
    case .thermistorOff:
      guard unit == .kelvin else { throw refusal("reading: a temperature is wanted") }
    case .openSense:
      guard seat.kind.sensedReading == reading else {
        throw refusal("reading: a meter's voltage at the cell's tabs is wanted")
      }
    case .stuck: break
    }
  }

  private func refusal(_ problem: String) -> RigError {
    RigError(.place, "\(file):\(fault.line): \(fault.kind.rawValue): \(problem)")
  }
}
