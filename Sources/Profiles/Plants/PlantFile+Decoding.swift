import Electrochemistry
import Protocols
import Quantities

extension PlantFile {
  /// Reads the file at `path`.
  public init(path: String) throws(ProfileError) { try self.init(TomlDocument(path: path)) }

  /// Decodes `document`. With `truth_equals_belief` every spread and every sensor's noise, offset
  /// and scale is zero, whatever else the file says; resolution, latency, leads, contactor and
  /// chamber stay, for they are the bench and not the cell.
  public init(_ document: TomlDocument) throws(ProfileError) {
    let root = document.root
    path = document.file
    cell = try root.reference("cell", to: .cell)
    truthEqualsBelief = try root.bool(ifPresent: "truth_equals_belief") ?? false
    model = try PlantModel(root.table("model"))
    let initial = try root.table("initial")
    stateOfCharge = Drawn(
      try initial.stateOfCharge("state_of_charge").value,
      sd: try initial.quantity(
        ifPresent: "state_of_charge_sd", in: StateOfCharge(0)...StateOfCharge(0.3))?.value ?? 0)
    ambient = try initial.quantity("ambient", in: Celsius(-40)...Celsius(80))
    parameterSpread = try Self.spread(root.table(ifPresent: "parameter_sd"))
    let contact = try root.table(ifPresent: "contact_resistance")
    contactResistance = Drawn(
      try contact?.quantity("mean", in: Ohms(0)...Ohms(1)).value ?? 0,
      sd: try contact?.quantity(ifPresent: "sd", in: Ohms(0)...Ohms(1))?.value ?? 0)
    let potentials = try root.table(ifPresent: "open_circuit_potential_sd")
    let offsets = Volts(0)...Volts(0.1)
    negativeOpenCircuitPotentialSpread =
      try potentials?.quantity(ifPresent: "negative", in: offsets)?.value ?? 0
    positiveOpenCircuitPotentialSpread =
      try potentials?.quantity(ifPresent: "positive", in: offsets)?.value ?? 0
    sensors = try Self.sensors(root.table(ifPresent: "sensor"))
    leadResistance =
      try root.quantity(ifPresent: "lead_resistance", in: Ohms(0)...Ohms(1)) ?? .zero
    let contactor = try root.table(ifPresent: "contactor")
    contactorRelease =
      try contactor?.quantity(ifPresent: "release_time", in: Seconds(0)...Seconds(1)) ?? .zero
    contactorRetrigger = try contactor?.choice(ifPresent: "retrigger")
    chamberTimeConstant =
      try root.table(ifPresent: "chamber")?
      .quantity("time_constant", in: Seconds(1)...Seconds(86_400)) ?? Seconds(300)
    tcp = try root.strings(ifPresent: "tcp") ?? []
    devices = [:]
    if let named = try root.table(ifPresent: "device") {
      for name in named.keys { devices[name] = try PlantDevice(named.table(name)) }
    }
    try document.finish()
    if truthEqualsBelief { settle() }
  }

  private mutating func settle() {
    stateOfCharge.sd = 0
    parameterSpread = [:]
    contactResistance = Drawn(0, sd: 0)
    negativeOpenCircuitPotentialSpread = 0
    positiveOpenCircuitPotentialSpread = 0
    for (name, sensor) in sensors { sensors[name] = sensor.withoutErrors }
  }

  /// Dotted keys or nested tables: `negative_electrode.diffusivity = "10 %"`.
  private static func spread(_ table: TomlTable?) throws(ProfileError) -> [ParameterName: Double] {
    guard let table else { return [:] }
    var spread: [ParameterName: Double] = [:]
    for group in table.keys {
      let inner = try table.table(group)
      for key in inner.keys {
        guard let name = ParameterName(rawValue: "\(group).\(key)") else {
          let names = ParameterName.allCases.map(\.rawValue)
          let hint = Suggestion.hint(for: "\(group).\(key)", among: names)
          throw inner.error(key, "no such parameter\(hint)")
        }
        let sd = try inner.quantity(key, in: StateOfCharge(0)...StateOfCharge(1))
        spread[name] = sd.value
      }
    }
    return spread
  }
}

extension PlantDevice {
  /// `[device.load]`.
  init(_ table: TomlTable) throws(ProfileError) {
    checksum = try table.choice(ifPresent: "checksum")
    guard let length = try table.integer(ifPresent: "acknowledgement") else { return }
    acknowledgement = Acknowledgement(rawValue: length)
    if acknowledgement == nil { throw table.error("acknowledgement", "8, 9 or 13 is allowed") }
  }
}

extension PlantModel {
  init(_ table: TomlTable) throws(ProfileError) {
    name = try table.choice("name")
    mesh = try table.choice("mesh")
    thermal = try table.choice(ifPresent: "thermal") ?? .lumped
    internalStep = try table.quantity("internal_step", in: Seconds(0.001)...Seconds(10))
  }
}

extension PlantFile {
  /// `[sensor.meter.cell_voltage]`: one table per instrument, in it one per value.
  private static func sensors(_ table: TomlTable?) throws(ProfileError) -> [String: PlantSensor] {
    guard let table else { return [:] }
    var sensors: [String: PlantSensor] = [:]
    for instrument in table.keys {
      let values = try table.table(instrument)
      for value in values.keys {
        sensors["\(instrument).\(value)"] = try PlantSensor(values.table(value))
      }
    }
    return sensors
  }
}

extension PlantSensor {
  /// The unit of `noise`, `offset` or `resolution` says what is measured; all three must agree.
  init(_ table: TomlTable) throws(ProfileError) {
    if Self.isWritten(table, as: Amperes.self) {
      accuracy = try SensorAccuracy(table, as: Amperes.self)
    } else if Self.isWritten(table, as: Kelvins.self) {
      accuracy = try SensorAccuracy(table, as: Kelvins.self)
    } else {
      accuracy = try SensorAccuracy(table, as: Volts.self)
    }
    latency = try table.quantity(ifPresent: "latency", in: Seconds(0)...Seconds(2)) ?? .zero
  }

  private static func isWritten<Q: Quantity>(_ table: TomlTable, as: Q.Type) -> Bool {
    ["noise", "offset", "resolution"].contains { key in
      (try? table.string(ifPresent: key)).flatMap { $0 }
        .flatMap { QuantityText.parse($0, as: Q.self) } != nil
    }
  }

  /// The same resolution and latency, and nothing else.
  var withoutErrors: PlantSensor {
    var sensor = self
    sensor.accuracy = SensorAccuracy(
      noise: 0, offset: 0, scale: 0, resolution: accuracy.resolution)
    return sensor
  }
}
