import Quantities

extension BenchFile {
  /// Reads the file at `path`.
  public init(path: String) throws(ProfileError) {
    try self.init(TomlDocument(path: path))
  }

  /// Decodes `document` and checks it in itself.
  public init(_ document: TomlDocument) throws(ProfileError) {
    let root = document.root
    path = document.file
    bytes = document.bytes
    name = ShippedProfiles.stem(of: document.file)
    asset = try root.string("asset")
    cell = try root.reference("cell", to: .cell)
    limits = try root.reference("limits", to: .limits)
    scan = try root.quantity("scan", in: Seconds(0.01)...Seconds(10))
    control = try root.quantity("control", in: Seconds(0.01)...Seconds(60))
    zeroCurrent = try root.quantity("zero_current", in: Amperes(0.0001)...Amperes(1))
    heartbeatSilence =
      try root.quantity(ifPresent: "heartbeat_silence", in: Seconds(0.1)...Seconds(0.5))
      ?? Seconds(0.5)
    skew = try root.quantity(ifPresent: "skew", in: Seconds(0.001)...Seconds(10))
    let wires = try root.table("wiring")
    wiring = try wires.choice("kind")
    protection = try BenchProtection(wires)
    accuracy = try BenchAccuracy(root.table(ifPresent: "accuracy"))
    let named = try root.table("instrument")
    instruments = []
    for name in named.keys { instruments.append(try BenchInstrument(named.table(name), name)) }
    readings = try BenchReadings(root.table("reading"), of: instruments)
    (bands, delays, bandLines) = try LimitBand.bands(root.table("limit"))
    plausibility = try BenchPlausibility(root.table(ifPresent: "plausibility"))
    tripWatch =
      try root.quantity(ifPresent: "trip_watch", in: Seconds.zero...Seconds(86_400))
      ?? Seconds(3600)
    try document.finish()
    try checkPeriods(root)
    try checkRoles(root)
    try checkAlarm(wires)
    try checkAccuracy(root)
  }

  private func checkPeriods(_ root: TomlTable) throws(ProfileError) {
    let ratio = control / scan
    guard ratio > 0.999, abs(ratio - ratio.rounded()) < 1e-6 else {
      throw root.error("control", "a whole multiple of scan (\(scan)) is wanted")
    }
    for contactor in instruments {
      guard let hold = contactor.hold, hold < scan * 2 else { continue }
      throw ProfileError(
        file: path, line: contactor.line, key: "instrument.\(contactor.name).hold",
        value: "\(hold)", "at least two scans (\(scan * 2)) are wanted")
    }
  }

  private func checkRoles(_ root: TomlTable) throws(ProfileError) {
    let driving: [BenchInstrument.Role] =
      wiring == .bidirectional ? [.bidirectional] : [.source, .load]
    for role in BenchInstrument.Role.allCases {
      let found = instruments(role)
      let needed = driving.contains(role) || [.meter, .thermometer, .contactor].contains(role)
      let drives = role.drives
      if needed, found.isEmpty {
        throw root.error(
          "instrument", "wiring \"\(wiring.rawValue)\" wants one with role = \"\(role.rawValue)\"")
      }
      if drives, !needed, let extra = found.first {
        throw refused(extra, "role \"\(role.rawValue)\" has no place in \"\(wiring.rawValue)\"")
      }
      if found.count > 1, ![.meter, .thermometer].contains(role) {
        throw refused(found[1], "a second \(role.rawValue): one is allowed")
      }
    }
  }

  // One line may not wait for another's devices, so that the alarm goes out behind the contactor's orders.
  private func checkAlarm(_ wires: TomlTable) throws(ProfileError) {
    guard let name = protection.alarm else { return }
    guard let found = instrument(name) else {
      let hint = Suggestion.hint(for: name, among: instruments.map(\.name))
      throw wires.error("alarm", "no instrument \"\(name)\" on this bench\(hint)")
    }
    guard found.role == .contactor else {
      throw wires.error("alarm", "a \(found.role.rawValue): the contactor's board is wanted")
    }
  }

  private func refused(_ instrument: BenchInstrument, _ problem: String) -> ProfileError {
    ProfileError(
      file: path, line: instrument.line, key: "instrument.\(instrument.name).role", problem)
  }

  // A trip closer to the operate value than the sensor is sure of would be tripped by noise.
  private func checkAccuracy(_ root: TomlTable) throws(ProfileError) {
    for kind in LimitKind.allCases where kind.isHard {
      guard let band = bands[kind] else { continue }
      let sensor =
        kind == .voltage
        ? accuracy.voltage : kind == .current ? accuracy.current : accuracy.temperature
      let wanted = 5 * sensor.noise + sensor.resolution
      let gap = min(band.tripHigh - band.operateHigh, band.operateLow - band.tripLow)
      guard gap < wanted else { continue }
      throw ProfileError(
        file: path, line: bandLines[kind], key: "limit.\(kind.rawValue).trip",
        "\(Self.figure(gap)) from operate: at least 5 sd of the sensor and its resolution, "
          + "\(Self.figure(wanted)), are wanted")
    }
    let quiet = 5 * accuracy.current.noise + accuracy.current.offset
    guard zeroCurrent.value >= quiet else {
      throw root.error(
        "zero_current",
        "at least 5 sd of the current sensor and its offset, "
          + "\(Self.figure(quiet)) A, are wanted")
    }
  }

  private static func figure(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
