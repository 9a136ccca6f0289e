import Quantities

extension BenchReadings {
  init(_ table: TomlTable, of instruments: [BenchInstrument]) throws(ProfileError) {
    func references(
      _ key: String, _ texts: [String], roles: [BenchInstrument.Role]
    ) throws(ProfileError) -> [ReadingReference] {
      var references: [ReadingReference] = []
      for text in texts {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
          throw table.error(key, "\"instrument.value\" is wanted, as in \"meter.cell_voltage\"")
        }
        let name = String(parts[0])
        guard let instrument = instruments.first(where: { $0.name == name }) else {
          let hint = Suggestion.hint(for: name, among: instruments.map(\.name))
          throw table.error(key, "no instrument \"\(name)\" on this bench\(hint)")
        }
        guard roles.contains(instrument.role) else {
          let list = roles.map(\.rawValue).joined(separator: " or ")
          throw table.error(
            key, "\"\(name)\" is a \(instrument.role.rawValue): a \(list) is wanted")
        }
        let reference = ReadingReference(
          instrument: name, value: String(parts[1]), line: table.line(of: key))
        guard !references.contains(reference) else {
          throw table.error(key, "\"\(text)\" is named twice")
        }
        references.append(reference)
      }
      return references
    }
    func one(_ key: String, roles: [BenchInstrument.Role]) throws(ProfileError) -> ReadingReference
    {
      try references(key, [table.string(key)], roles: roles)[0]
    }
    cellVoltage = try one("cell_voltage", roles: [.meter])
    current = try one("current", roles: [.meter])
    let surfaces = try table.strings("surface_temperature")
    guard (1...Sample.surfaceCapacity).contains(surfaces.count) else {
      throw table.error(
        "surface_temperature", "one to \(Sample.surfaceCapacity) readings are allowed")
    }
    surfaceTemperature = try references("surface_temperature", surfaces, roles: [.thermometer])
    ambientTemperature =
      table.contains("ambient_temperature")
      ? try one("ambient_temperature", roles: [.thermometer, .chamber]) : nil
    let inputs = try table.strings(ifPresent: "interlocks") ?? []
    guard inputs.count <= Sample.interlockCapacity else {
      throw table.error("interlocks", "up to \(Sample.interlockCapacity) readings are allowed")
    }
    interlocks = try references(
      "interlocks", inputs, roles: [.contactor, .meter, .thermometer, .chamber])
  }
}

extension BenchAccuracy {
  init(_ table: TomlTable?) throws(ProfileError) {
    guard let table else { return }
    if let sensor = try table.table(ifPresent: "cell_voltage") {
      voltage = try SensorAccuracy(sensor, as: Volts.self)
    }
    if let sensor = try table.table(ifPresent: "current") {
      current = try SensorAccuracy(sensor, as: Amperes.self)
    }
    if let sensor = try table.table(ifPresent: "temperature") {
      temperature = try SensorAccuracy(sensor, as: Kelvins.self)
    }
  }
}

extension SensorAccuracy {
  init<Q: Quantity>(_ table: TomlTable, as: Q.Type) throws(ProfileError) {
    func read(_ key: String) throws(ProfileError) -> Double {
      try table.quantity(ifPresent: key, as: Q.self, in: Q(0)...Q(1000))?.value ?? 0
    }
    noise = try read("noise")
    offset = try read("offset")
    resolution = try read("resolution")
    scale =
      try table.quantity(ifPresent: "scale", in: StateOfCharge(0)...StateOfCharge(1))?.value ?? 0
  }
}
