import Drivers
import Instruments
import Profiles
import Quantities
import Testing
import Transports

@Suite("What the profile language says")
struct LanguageTests {
  /// A made-up supply on lines of text.
  static let textSupply = """
    schema = 1
    [instrument]
    vendor = "none"
    model = "made up"
    kind = "source"
    confidence = "none: a test"
    sources = ["this test"]
    quirks = []
    unknown = []
    [safety]
    comms_loss = "unknown"
    [transport]
    dialect = "text"
    terminator = "lf"
    [transport.serial]
    baud = 9600
    data_bits = 8
    parity = "none"
    stop_bits = 1
    [timing]
    reply_timeout = "100 ms"
    read_attempts = 2
    max_words = 1
    age_limit = "5 s"
    [value.output]
    type = "decimal"
    query = "OUTP?"
    reply = "integer"
    send = "OUTP {}"
    writes = [0, 1]
    [value.setpoint]
    type = "decimal"
    query = "CURR?"
    reply = "float"
    send = "CURR {}"
    decimals = 3
    unit = "A"
    [value.ceiling]
    type = "decimal"
    query = "VOLT?"
    reply = "float"
    send = "VOLT {}"
    decimals = 3
    unit = "V"
    [value.limit]
    type = "decimal"
    query = "VOLT:PROT?"
    reply = "float"
    send = "VOLT:PROT {}"
    decimals = 2
    unit = "V"
    [value.mode]
    type = "decimal"
    query = "MODE?"
    reply = "integer"
    send = "MODE {}"
    writes = [0, 1]
    only_while_off = "output"
    [value.voltage]
    type = "decimal"
    query = "MEAS:VOLT?"
    reply = "float"
    unit = "V"
    [value.amperes]
    type = "decimal"
    query = "MEAS:CURR?"
    reply = "float"
    unit = "A"
    [channel]
    voltage = "voltage"
    current = "amperes"
    is_on = "output"
    protection_tripped = { inferred = "output" }
    [procedure]
    open = [
      { write = "output", value = 0 },
      { check = "output", equals = 0 },
      { write = "mode", value = 1 },
    ]
    safe = [
      { write = "output", value = 0 },
      { write = "setpoint", value = 0 },
      { check = "output", equals = 0 },
    ]
    [command]
    set_current = [{ write = "setpoint", value = "current", read_back = true }]
    set_ceiling = [
      { limit = { write = "limit", value = "ceiling + 0.2", read_back = true }, setpoint = { write = "ceiling", value = "ceiling", read_back = true } },
    ]
    switch_on = [{ write = "output", value = 1 }, { check = "output", equals = 1 }]
    switch_off = [{ write = "output", value = 0 }, { check = "output", equals = 0 }]
    """

  /// Answers `X?` with the last number that `X n` brought.
  static func echoing() throws -> ByteDevice {
    nonisolated(unsafe) var held: [String: String] = [:]
    return try ByteDevice(lines: true) { request in
      let line = String(decoding: request, as: UTF8.self).split(separator: "\n")[0]
      if line.hasSuffix("?") {
        return Array(((held[String(line.dropLast())] ?? "0") + "\n").utf8)
      }
      let words = line.split(separator: " ")
      held[String(words[0])] = String(words[1])
      return []
    }
  }

  static func supply(_ device: ByteDevice) throws -> ProfiledInstrument {
    try ProfiledInstrument(
      name: "psu", profile: InstrumentProfile(text: textSupply, file: "s.toml"),
      descriptor: device.client, framing: .rtu, pacing: .stepped, limits: ArmedLimits())
  }

  @Test("a rising set-point follows its limit, a falling one goes before it")
  func ordered() throws {
    let device = try Self.echoing()
    defer { device.stop() }
    let psu = try Self.supply(device)
    try psu.open(at: .zero)
    func written(_ volts: Double) throws -> [String] {
      device.forget()
      let readback = try psu.perform(.setCurrent(Amperes(1), ceiling: Volts(volts)), at: .zero)
      #expect(readback.agrees)
      return device.requests.map { String(decoding: $0.dropLast(), as: UTF8.self) }
        .filter { $0.hasPrefix("VOLT") && !$0.hasSuffix("?") }
    }
    #expect(try written(4.2) == ["VOLT:PROT 4.40", "VOLT 4.200"])
    #expect(try written(3.6) == ["VOLT 3.600", "VOLT:PROT 3.80"])
    #expect(try written(4) == ["VOLT:PROT 4.20", "VOLT 4.000"])
  }

  /// A part of a profile, what it becomes, and what the error must say.
  struct Damage: Sendable, CustomTestStringConvertible {
    var profile: String
    var old: String
    var new: String
    var says: String
    var testDescription: String { says }
  }

  static let damages = [
    Damage(
      profile: "text", old: "  { check = \"output\", equals = 0 },\n  { write = \"mode\"",
      new: "  { write = \"mode\"",
      says: "procedure.open: mode may be written only while output is 0: { check = \"output\""),
    Damage(
      profile: "text", old: "  { write = \"mode\", value = 1 },",
      new: "  { write = \"output\", value = 1 },\n  { write = \"mode\", value = 1 },",
      says: "mode may be written only while output is 0"),
    Damage(
      profile: "text", old: "only_while_off = \"output\"", new: "only_while_off = \"outputs\"",
      says: "no readable value called \"outputs\" is declared (did you mean \"output\"?)"),
    Damage(
      profile: "text", old: "send = \"OUTP {}\"\nwrites = [0, 1]", new: "send = \"OUTP ON\"",
      says: "value.output.send"),
    Damage(
      profile: "text", old: "query = \"OUTP?\"", new: "query = \"OUTP? {}\"",
      says: "a query carries no number"),
    Damage(
      profile: "text", old: "send = \"CURR {}\"", new: "send = \"CURR {} {}\"",
      says: "one {} at most"),
    Damage(
      profile: "text", old: "query = \"CURR?\"", new: "query = \"CURR?\\n\"",
      says: "printable ASCII"),
    Damage(
      profile: "text", old: "[value.output]\ntype = \"decimal\"",
      new: "[value.output]\ntype = \"u16\"", says: "\"decimal\" is wanted"),
    Damage(
      profile: "text", old: "[value.output]\ntype = \"decimal\"",
      new: "[value.output]\ntype = \"decimal\"\naddress = 3", says: "address: unknown key"),
    Damage(
      profile: "text", old: "setpoint = { write", new: "setpoint = { check",
      says: "equals: missing"),
    Damage(
      profile: "text", old: "dialect = \"text\"", new: "dialect = \"scpi\"",
      says: "one of modbus, kp184, text is wanted"),
    Damage(
      profile: "text", old: "{ inferred = \"output\" }", new: "{ inferred = \"outptu\" }",
      says: "did you mean \"output\"?"),
    Damage(
      profile: "kunkin-kp184", old: "byte = 2\ntype = \"u24\"", new: "byte = 16\ntype = \"u24\"",
      says: "0 to 15 is allowed"),
    Damage(
      profile: "kunkin-kp184", old: "address = 0x0110\ntype = \"u32\"",
      new: "address = 0x0110\ntype = \"u16\"", says: "a KP184's registers are u32"),
    Damage(
      profile: "kunkin-kp184", old: "  { check = \"is_on\", equals = 0 },\n  { write = \"mode\"",
      new: "  { write = \"mode\"", says: "mode may be written only while is_on is 0"),
    Damage(
      profile: "kunkin-kp184", old: "address = 0x0116", new: "address = 0x0134",
      says: "address 308 must never be written"),
    Damage(
      profile: "kunkin-kp184", old: "read = 3\nwrite = 6\nwrites = [0, 1]",
      new: "read = 3\nwrite = 16\nwrites = [0, 1]", says: "a KP184 writes by 6"),
    Damage(
      profile: "kunkin-kp184", old: "bits = \"0..7\"", new: "bits = \"1..7\"",
      says: "what is written must begin at bit 0"),
    Damage(
      profile: "ea-psb10000", old: "by = \"nominal_voltage\"\nover = 52428",
      new: "by = \"nominal_voltage\"\nover = 0", says: "a number above 0"),
    Damage(
      profile: "ea-psb10000", old: "by = \"nominal_voltage\"\nover = 52428",
      new: "by = \"nominal_voltage\"", says: "missing: \"cases\", or \"over\""),
    Damage(
      profile: "ea-psb10000", old: "bits = \"30\"", new: "bits = \"32\"",
      says: "bits of an unsigned number"),
    Damage(
      profile: "ea-psb10000", old: "negative_when = \"sink_mode\"",
      new: "negative_when = \"current\"",
      says: "another value than the magnitude"),
    Damage(
      profile: "ea-psb10000", old: "shown_by = \"dc_on\"", new: "shown_by = \"dc_output\"",
      says: "shown_by: no readable value called \"dc_output\""),
    Damage(
      profile: "ea-psb10000", old: "address = 402\n", new: "address = 409\n",
      says: "address 409 must never be written (408 to 409)"),
    Damage(
      profile: "ea-psb10000",
      old:
        "set_sink_current = [{ write = \"sink_current\", value = \"current\", read_back = true }]\n",
      new: "", says: "command.set_sink_current: missing: a bidirectional must take it"),
    Damage(
      profile: "ea-psb10000",
      old: "  { check = \"dc_on\", equals = 0, settle = \"500 ms\" },\n]\nclose",
      new: "]\nclose", says: "must end in a check"),
    Damage(
      profile: "ea-psb10000", old: "type = \"u16\"\nread = 3\nscale = \"voltage\"",
      new: "type = \"u24\"\nread = 3\nscale = \"voltage\"", says: "Modbus has no other"),
  ]

  @Test("a wrong combination is refused with file, line and reason", arguments: damages)
  func refused(_ damage: Damage) throws {
    let text = damage.profile == "text" ? Self.textSupply : try Shipped.text(damage.profile)
    try #require(text.contains(damage.old), "\(damage.old)")
    let error = #expect(throws: ProfileError.self) {
      _ = try InstrumentProfile(
        text: text.replacing(damage.old, with: damage.new), file: "damaged.toml")
    }
    #expect(error?.description.contains(damage.says) == true, "\(error?.description ?? "")")
    #expect((error?.line ?? 0) > 0)
  }

  @Test(
    "bits of a word are moved down",
    arguments: [(9...10, 3.0), (7...7, 1), (12...12, 0), (0...31, 3712)])
  func bits(_ range: ClosedRange<Int>, _ wanted: Double) throws {
    var value = try CodecTests.value(.u32)
    value.bits = range
    #expect(value.count(in: RegisterWords(0, 1 << 7 | 0b11 << 9 | 1 << 11)) == wanted)
  }
}
