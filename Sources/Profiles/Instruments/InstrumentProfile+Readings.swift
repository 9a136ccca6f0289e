extension InstrumentProfile {
  /// `[scale.*]`: by cases, or as a fraction of a nominal value.
  static func scales(_ root: TomlTable, _ lookup: ValueLookup) throws(ProfileError)
    -> [String: ScaleRule]
  {
    guard let table = try root.table(ifPresent: "scale") else { return [:] }
    var scales: [String: ScaleRule] = [:]
    for name in table.keys {
      let scale = try table.table(name)
      let by = try lookup.index(scale, "by", readable: true)
      scales[name] = ScaleRule(by: by, form: try form(scale))
    }
    return scales
  }

  private static func form(_ table: TomlTable) throws(ProfileError) -> ScaleRule.Form {
    if let over = try table.number(ifPresent: "over") {
      guard over > 0 else { throw table.error("over", "a number above 0 is wanted") }
      guard !table.contains("cases") else {
        throw table.error("over", "either \"over\" or \"cases\" is wanted")
      }
      return .fraction(over: over)
    }
    guard table.contains("cases") else {
      throw table.error("cases", "missing: \"cases\", or \"over\" for a nominal value, is wanted")
    }
    var cases: [Int: Double] = [:]
    for entry in try table.tables("cases") {
      let factor = try entry.number("scale")
      guard factor > 0 else { throw entry.error("scale", "a scale above 0 is wanted") }
      for raw in try entry.integers("at") {
        guard cases.updateValue(factor, forKey: raw) == nil else {
          throw entry.error("at", "\(raw) stands in two cases")
        }
      }
    }
    return .cases(cases)
  }

  /// `[channel]`: a value, `{ any = [...], inferred = "..." }` or `{ magnitude, negative_when }`.
  static func channels(_ root: TomlTable, _ lookup: ValueLookup) throws(ProfileError)
    -> [Delivery]
  {
    let table = try root.table("channel")
    var channels: [Delivery] = []
    for name in table.keys {
      guard case .table = table.value(ifPresent: name)?.content else {
        let index = try lookup.index(table, name, readable: true)
        channels.append(
          Delivery(name: name, form: .value(index), unit: lookup.values[index].unit))
        continue
      }
      let made = try table.table(name)
      channels.append(
        made.contains("magnitude")
          ? try signed(name, made, lookup) : try anyOf(name, made, lookup))
    }
    return channels
  }

  private static func anyOf(_ name: String, _ table: TomlTable, _ lookup: ValueLookup)
    throws(ProfileError) -> Delivery
  {
    var indices: [Int] = []
    for value in try table.strings(ifPresent: "any") ?? [] {
      indices.append(try lookup.index(of: value, table, "any", readable: true))
    }
    let fallen =
      table.contains("inferred") ? try lookup.index(table, "inferred", readable: true) : nil
    guard !indices.isEmpty || fallen != nil else {
      throw table.error("any", "missing: \"any\", \"inferred\" or \"magnitude\" is wanted")
    }
    return Delivery(name: name, form: .any(indices, fallen: fallen), unit: "")
  }

  private static func signed(_ name: String, _ table: TomlTable, _ lookup: ValueLookup)
    throws(ProfileError) -> Delivery
  {
    let magnitude = try lookup.index(table, "magnitude", readable: true)
    let sign = try lookup.index(table, "negative_when", readable: true)
    guard magnitude != sign else {
      throw table.error("negative_when", "another value than the magnitude is wanted")
    }
    return Delivery(
      name: name, form: .signed(magnitude: magnitude, sign: sign),
      unit: lookup.values[magnitude].unit)
  }
}
