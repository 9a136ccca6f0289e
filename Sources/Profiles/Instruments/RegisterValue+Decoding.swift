extension RegisterValue {
  private static let units = ["V", "A", "W", "degC", "s"]

  /// All of `[value.*]`, in the file's order.
  static func decodeAll(_ root: TomlTable) throws(ProfileError) -> [RegisterValue] {
    let table = try root.table("value")
    var values: [RegisterValue] = []
    for name in table.keys { values.append(try decode(table.table(name), name: name)) }
    return values
  }

  private static func decode(_ table: TomlTable, name: String) throws(ProfileError)
    -> RegisterValue
  {
    guard StepArgument(rawValue: name) == nil || table.contains("address") else {
      throw table.error("address", "missing: an address is wanted")
    }
    let encoding = try table.choice("type", of: Encoding.self)
    let value = RegisterValue(
      name: name,
      address: try table.integer("address", in: 0...(0x10000 - encoding.wordCount)),
      encoding: encoding, wordOrder: try wordOrder(table, encoding),
      readFunction: try table.integer(ifPresent: "read", in: 1...4),
      writeFunction: try table.integer(ifPresent: "write"),
      scale: try scale(table), unit: try unit(table),
      mask: try table.integer(ifPresent: "mask", in: 1...0xFFFF) ?? 0xFFFF,
      sentinels: try table.integers(ifPresent: "sentinels") ?? [],
      plausible: try plausible(table),
      allowedWrites: try table.numbers(ifPresent: "writes"), deniedWrites: [],
      isRepeatable: try table.bool(ifPresent: "repeatable") ?? false, line: table.line)
    try value.checkFunctions(table)
    return value
  }

  private static func wordOrder(_ table: TomlTable, _ encoding: Encoding) throws(ProfileError)
    -> WordOrder
  {
    if encoding.wordCount == 2 { return try table.choice("words") }
    guard !table.contains("words") else {
      throw table.error("words", "only u32 and f32 have two words")
    }
    return .highFirst
  }

  private static func scale(_ table: TomlTable) throws(ProfileError) -> Scale {
    guard let value = table.value(ifPresent: "scale") else { return .constant(1) }
    if case .string(let name) = value.content { return .named(name) }
    let factor = try table.number("scale")
    guard factor > 0 else { throw table.error("scale", "a scale above 0 is wanted") }
    return .constant(factor)
  }

  private static func unit(_ table: TomlTable) throws(ProfileError) -> String {
    guard let unit = try table.string(ifPresent: "unit") else { return "" }
    guard units.contains(unit) else {
      throw table.error("unit", "one of \(units.joined(separator: ", ")) is wanted")
    }
    return unit
  }

  private static func plausible(_ table: TomlTable) throws(ProfileError)
    -> ClosedRange<Double>?
  {
    guard let bounds = try table.numbers(ifPresent: "plausible") else { return nil }
    guard bounds.count == 2, bounds[0] < bounds[1] else {
      throw table.error("plausible", "[low, high] with low below high is wanted")
    }
    return bounds[0]...bounds[1]
  }

  // Which functions reach which address space: Modbus application protocol V1.1b3, section 6.
  private func checkFunctions(_ table: TomlTable) throws(ProfileError) {
    guard readFunction != nil || writeFunction != nil else {
      throw table.error("read", "missing: a read or a write function is wanted")
    }
    if let readFunction, isBit != (readFunction <= 2) {
      throw table.error("read", isBit ? "a bit is read by 1 or 2" : "words are read by 3 or 4")
    }
    guard let writeFunction else {
      guard allowedWrites == nil else { throw table.error("writes", "it has no write function") }
      return
    }
    let possible: [Int] = isBit ? [5] : encoding.wordCount == 2 ? [16, 23] : [5, 6, 16, 23]
    guard possible.contains(writeFunction) else {
      let list = possible.map(String.init).joined(separator: ", ")
      throw table.error("write", "\(encoding.rawValue) is written by \(list)")
    }
    if readFunction == 2 || readFunction == 4 {
      throw table.error("write", "what is read by 2 or 4 cannot be written")
    }
    if writeFunction == 5, !isBit, readFunction != nil {
      throw table.error("read", "a number written as a coil cannot be read")
    }
  }
}
