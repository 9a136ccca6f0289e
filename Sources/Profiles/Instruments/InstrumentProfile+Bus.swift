internal import Protocols
internal import Quantities

extension InstrumentProfile {
  static func transport(_ root: TomlTable) throws(ProfileError) -> BusTransport {
    let table = try root.table("transport")
    let dialect = try table.choice(ifPresent: "dialect", of: FrameDialect.self) ?? .modbus
    let tcp = dialect == .modbus ? try table.table(ifPresent: "tcp") : nil
    return BusTransport(
      dialect: dialect, unit: dialect == .text ? 0 : try table.integer("unit", in: 0...247),
      terminator: dialect == .text ? try table.choice("terminator") : .lf,
      isRemoteToRead: try table.bool(ifPresent: "remote_to_read") ?? false,
      serial: try serial(table, dialect), tcpPort: try tcp?.integer("port", in: 1...65535))
  }

  // RTU is Modbus' own word for its serial line; the other dialects have nothing else.
  private static func serial(_ table: TomlTable, _ dialect: FrameDialect) throws(ProfileError)
    -> BusTransport.Serial?
  {
    let settings =
      dialect == .modbus ? try table.table(ifPresent: "rtu") : try table.table("serial")
    guard let settings else { return nil }
    return BusTransport.Serial(
      baud: try settings.integer("baud", in: 300...4_000_000),
      dataBits: try settings.integer("data_bits", in: 7...8),
      parity: try settings.choice("parity"),
      stopBits: try settings.integer("stop_bits", in: 1...2),
      flow: try settings.choice(ifPresent: "flow") ?? .none)
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
    _ root: TomlTable, _ lookup: ValueLookup, to values: inout [DeclaredValue]
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

  private static func addresses(_ text: String, _ table: TomlTable, _ key: String)
    throws(ProfileError) -> ClosedRange<Int>
  {
    if let range = ClosedRange(text: text), range.upperBound <= 0xFFFF { return range }
    throw table.error(key, "addresses from 0 to 65535 are wanted, as in \"19\" or \"54..62\"")
  }
}

extension ClosedRange<Int> {
  /// `19` or `54..62`, from 0; nil for anything else.
  init?(text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
    guard let first = parts.first, let low = first, let last = parts.last, let high = last,
      parts.count <= 2, 0 <= low, low <= high
    else { return nil }
    self = low...high
  }
}
