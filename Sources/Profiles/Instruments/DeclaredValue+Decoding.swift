extension DeclaredValue {
  private static let units = ["V", "A", "W", "degC", "s"]

  /// All of `[value.*]`, in the file's order.
  static func decodeAll(_ root: TomlTable, _ dialect: FrameDialect) throws(ProfileError)
    -> [DeclaredValue]
  {
    let table = try root.table("value")
    var values: [DeclaredValue] = []
    for name in table.keys {
      let entry = try table.table(name)
      var value = try common(entry, name)
      switch dialect {
      case .modbus: try value.decodeRegister(entry)
      case .kp184: try value.decodeKP184(entry)
      case .text: try value.decodeText(entry)
      }
      try value.checkAccess(entry)
      values.append(value)
    }
    return values
  }

  // What every dialect has.
  private static func common(_ table: TomlTable, _ name: String) throws(ProfileError)
    -> DeclaredValue
  {
    DeclaredValue(
      name: name, address: 0, encoding: try table.choice("type", of: Encoding.self),
      wordOrder: .highFirst, scale: try scale(table), unit: try unit(table),
      onlyWhileOff: try table.string(ifPresent: "only_while_off"),
      shownBy: try table.string(ifPresent: "shown_by"),
      sentinels: try table.integers(ifPresent: "sentinels") ?? [],
      plausible: try plausible(table), allowedWrites: try table.numbers(ifPresent: "writes"),
      deniedWrites: [], isRepeatable: try table.bool(ifPresent: "repeatable") ?? false,
      line: table.line)
  }

  private mutating func decodeRegister(_ table: TomlTable) throws(ProfileError) {
    guard ![.u8, .u24, .decimal].contains(encoding) else {
      throw table.error("type", "u16, i16, u32, f32 or bit is wanted: Modbus has no other")
    }
    address = try table.integer("address", in: 0...(0x10000 - encoding.wordCount))
    wordOrder = try Self.wordOrder(table, encoding)
    try decodeRaw(table)
    try checkFunctions(table)
  }

  /// Bits, largest number and functions: what registers have and text has not.
  mutating func decodeRaw(_ table: TomlTable) throws(ProfileError) {
    readFunction = try table.integer(ifPresent: "read", in: 1...4)
    writeFunction = try table.integer(ifPresent: "write")
    maxRaw = try table.integer(ifPresent: "max_raw", in: 1...0xFFFF_FFFF)
    guard let text = try table.string(ifPresent: "bits") else { return }
    let size = encoding.byteCount * 8
    guard [.u8, .u16, .u24, .u32].contains(encoding), let range = ClosedRange(text: text),
      range.upperBound < size
    else {
      throw table.error(
        "bits", "bits of an unsigned number are wanted, as in \"7\" or \"9..10\", 0 is the lowest")
    }
    guard writeFunction == nil || range.lowerBound == 0 else {
      throw table.error(
        "bits", "what is written must begin at bit 0: the rest would be written as 0")
    }
    bits = range
  }

  private func checkAccess(_ table: TomlTable) throws(ProfileError) {
    guard isReadable || isWritable else {
      let wanted = text == nil ? "a read or a write function" : "a query or a command to send"
      throw table.error(text == nil ? "read" : "query", "missing: \(wanted) is wanted")
    }
    guard !isWritable else {
      guard isReadable, table.contains("shown_by") else { return }
      throw table.error("shown_by", "it can be read itself")
    }
    for key in ["writes", "max_raw", "only_while_off", "shown_by", "repeatable"]
    where table.contains(key) {
      throw table.error(key, "it cannot be written")
    }
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
    if let readFunction, isBit != (readFunction <= 2) {
      throw table.error("read", isBit ? "a bit is read by 1 or 2" : "words are read by 3 or 4")
    }
    guard let writeFunction else { return }
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
