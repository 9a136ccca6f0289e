internal import Protocols
internal import Quantities

extension InstrumentProfile {
  static func transport(_ root: TomlTable) throws(ProfileError) -> BusTransport {
    let table = try root.table("transport")
    var serial: BusTransport.Serial?
    if let rtu = try table.table(ifPresent: "rtu") {
      serial = BusTransport.Serial(
        baud: try rtu.integer("baud", in: 300...4_000_000),
        dataBits: try rtu.integer("data_bits", in: 7...8), parity: try rtu.choice("parity"),
        stopBits: try rtu.integer("stop_bits", in: 1...2))
    }
    let tcp = try table.table(ifPresent: "tcp")
    return BusTransport(
      unit: try table.integer("unit", in: 0...247), serial: serial,
      tcpPort: try tcp?.integer("port", in: 1...65535))
  }

  static func timing(_ root: TomlTable) throws(ProfileError) -> BusTiming {
    let table = try root.table("timing")
    let none = Seconds(0), hour = Seconds(3600)
    return BusTiming(
      replyTimeout: try table.quantity("reply_timeout", in: Seconds(0.001)...Seconds(60)),
      gap: try table.quantity(ifPresent: "gap", in: none...Seconds(60)) ?? none,
      gapAfterWrite: try table.quantity(ifPresent: "gap_after_write", in: none...Seconds(60))
        ?? none,
      readAttempts: try table.integer("read_attempts", in: 1...10),
      maxWords: try table.integer("max_words", in: 1...125),
      maxBits: try table.integer(ifPresent: "max_bits", in: 1...2000) ?? 2000,
      ageLimit: try table.quantity("age_limit", in: Seconds(0.001)...hour),
      ramp: try table.quantity(ifPresent: "ramp", in: none...hour))
  }

  static func readable(_ root: TomlTable) throws(ProfileError) -> [ReadableRange] {
    var ranges: [ReadableRange] = []
    for table in try root.tables("readable") {
      ranges.append(
        ReadableRange(
          function: try table.integer("read", in: 1...4),
          addresses: try addresses(table.string("addresses"), table, "addresses")))
    }
    return ranges
  }

  static func denials(_ root: TomlTable) throws(ProfileError) -> Denials {
    guard let table = try root.table(ifPresent: "never_write") else {
      return Denials(registers: [], coils: [])
    }
    return Denials(
      registers: try addressRanges(table, "registers"), coils: try addressRanges(table, "coils"))
  }

  /// Hands each value the raw numbers that must never be written to it.
  static func applyDeniedValues(
    _ root: TomlTable, _ lookup: ValueLookup, to values: inout [RegisterValue]
  ) throws(ProfileError) {
    guard let never = try root.table(ifPresent: "never_write"),
      let table = try never.table(ifPresent: "values")
    else { return }
    for name in table.keys {
      let index = try lookup.index(of: name, table, name, readable: false)
      let denied = try table.integers(name)
      guard !(values[index].allowedWrites ?? []).contains(where: { denied.contains(Int($0)) })
      else { throw table.error(name, "a value that \"writes\" allows") }
      values[index].deniedWrites = denied
    }
  }

  private static func addressRanges(_ table: TomlTable, _ key: String) throws(ProfileError)
    -> [ClosedRange<Int>]
  {
    var ranges: [ClosedRange<Int>] = []
    for text in try table.strings(ifPresent: key) ?? [] {
      ranges.append(try addresses(text, table, key))
    }
    return ranges
  }

  // `19` or `54..62`.
  private static func addresses(_ text: String, _ table: TomlTable, _ key: String)
    throws(ProfileError) -> ClosedRange<Int>
  {
    let parts = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
    if let first = parts.first, let low = first, let last = parts.last, let high = last,
      parts.count <= 2, low <= high, 0...0xFFFF ~= low, 0...0xFFFF ~= high
    {
      return low...high
    }
    throw table.error(key, "addresses from 0 to 65535 are wanted, as in \"19\" or \"54..62\"")
  }
}
