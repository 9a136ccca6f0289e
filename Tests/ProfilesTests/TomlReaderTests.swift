import Profiles
import Protocols
import Quantities
import Testing

/// What `body` throws, as its one line; nil when it does not.
func line(of body: () throws(ProfileError) -> Void) -> String? {
  do {
    try body()
    return nil
  } catch { return error.description }
}

private func document(_ text: String) throws(ProfileError) -> TomlDocument {
  try TomlDocument(text: "schema = 1\n" + text, file: "t.toml")
}

@Suite struct TomlReaderTests {
  @Test func everyShapeIsReadInTheFilesOrder() throws {
    let root = try document(
      """
      z = "text"
      a = 0x10
      n = 1.5
      yes = true
      many = ["a", "b"]
      counts = [1, 2]
      volts = ["2.5 V", "4200 mV"]
      soc = "80 %"
      plain = 0.8
      rate = "C/3"
      [one.two]
      key = 1
      [[list]]
      k = "1"
      [[list]]
      k = "2"
      """
    ).root
    #expect(root.keys.prefix(3) == ["schema", "z", "a"])
    #expect(try root.string("z") == "text")
    #expect(try root.integer("a") == 16)
    #expect(try root.number("n") == 1.5)
    #expect(try root.bool("yes"))
    #expect(try root.strings("many") == ["a", "b"])
    #expect(try root.integers("counts") == [1, 2])
    #expect(try root.interval("volts", as: Volts.self) == Volts(2.5)...Volts(4.2))
    #expect(try root.stateOfCharge("soc") == StateOfCharge(0.8))
    #expect(try root.stateOfCharge("plain") == StateOfCharge(0.8))
    #expect(try root.current(ifPresent: "rate") == .rate(1 / 3.0))
    #expect(try root.table("one").table("two").integer("key") == 1)
    #expect(try root.tables("list").map { try $0.string("k") } == ["1", "2"])
    #expect(try root.string(ifPresent: "absent") == nil)
    try root.finish()
  }

  @Test func byteOrderMarkAndCarriageReturnsAreAccepted() throws {
    let root = try TomlDocument(text: "\u{FEFF}schema = 1\r\na = \"x\"\r\n", file: "t.toml").root
    #expect(try root.string("a") == "x")
  }

  @Test func unreadKeysAreRefusedWithTheirLineAndASuggestion() throws {
    let root = try document("scan = \"1 s\"\n[one]\ncontrl = 2\n").root
    _ = try root.quantity("scan", as: Seconds.self)
    _ = try root.table("one").integer(ifPresent: "control")
    #expect(
      line { () throws(ProfileError) in try root.finish() }
        == "t.toml:4: one.contrl: unknown key (did you mean \"control\"?)")
  }

  @Test(arguments: [
    ("a = 4", "t.toml:2: a: 4: a voltage in V or mV is wanted"),
    ("a = 4.2", "t.toml:2: a: 4.2: a voltage in V or mV is wanted"),
    ("a = \"4.2\"", "t.toml:2: a: \"4.2\": a voltage in V or mV is wanted"),
    ("\na = \"4.2 A\"", "t.toml:3: a: \"4.2 A\": a voltage in V or mV is wanted"),
    ("a = \"nan V\"", "t.toml:2: a: \"nan V\": a voltage in V or mV is wanted"),
    ("a = \"inf V\"", "t.toml:2: a: \"inf V\": a voltage in V or mV is wanted"),
    ("a = \"1e999 V\"", "t.toml:2: a: \"1e999 V\": a voltage in V or mV is wanted"),
    ("a = nan", "t.toml:2: a: nan: a voltage in V or mV is wanted"),
    ("a = \"6 V\"", "t.toml:2: a: \"6 V\": 0.0 V to 5.0 V is allowed"),
    ("", "t.toml:1: a: missing: a voltage in V or mV is wanted"),
    ("a = 1979-05-27", "t.toml:2: a: a date: a voltage in V or mV is wanted"),
    ("a = \"4\\nV\"", "t.toml:2: a: \"4\\nV\": a voltage in V or mV is wanted"),
  ])
  func aWrongQuantityIsRefusedByName(_ text: String, _ message: String) throws {
    let root = try document(text).root
    let got = line { () throws(ProfileError) in
      _ = try root.quantity("a", as: Volts.self, in: Volts(0)...Volts(5))
    }
    #expect(got == message)
  }

  @Test(arguments: [
    ("a = 1\na = 2\n", "t.toml:2: not TOML: "), ("a = \n", "t.toml:1: not TOML: "),
    ("schema = 2\n", "t.toml:1: schema: 2: only schema = 1 is known"),
    ("", "t.toml:1: schema: missing: schema = 1 is wanted"),
    ("a = \"x\n", "t.toml:1: not TOML: "), ("a = 1\n\n[.x]\n", "t.toml:3: not TOML: "),
    ("\u{0}\u{1}\u{7F}ELF", "t.toml:1: not TOML: "),
  ])
  func whatIsNoTomlIsRefusedWithItsLine(_ text: String, _ prefix: String) {
    let got = line { () throws(ProfileError) in _ = try TomlDocument(text: text, file: "t.toml") }
    #expect(got?.hasPrefix(prefix) == true, "\(got ?? "accepted")")
    #expect(got?.contains("\n") == false)
  }

  @Test(arguments: [
    "a = " + String(repeating: "[", count: 100_000),
    String(repeating: "a.", count: 100_000) + "a = 1",
    "[" + String(repeating: "a.", count: 100_000) + "a]",
    "a = " + String(repeating: "{a=", count: 100_000),
    String(repeating: "\"a\" . ", count: 100_000) + "a = 1",
    String(repeating: "x", count: TomlDocument.maximumSize + 1),
  ])
  func depthAndSizeAreBounded(_ text: String) {
    let got = line { () throws(ProfileError) in _ = try TomlDocument(text: text, file: "t.toml") }
    #expect(got?.hasPrefix("t.toml") == true)
    #expect((got?.count ?? 0) < 400)
  }

  @Test func everyByteStringIsRefusedOrReadNeverACrash() {
    var state: UInt64 = 1
    for _ in 0..<2000 {
      var bytes = Array(
        "schema = 1\n[a.b]\nx = [\"1\", {c=2}]\ny = 1.5e3 # z\n'q' = '''t'''\n".utf8)
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      let got = line { () throws(ProfileError) in
        _ = try TomlDocument(bytes: bytes, file: "t.toml")
      }
      #expect(got?.contains("\n") != true)
    }
  }

  @Test func dotsInStringsAndCommentsAreNotKeys() throws {
    let dots = String(repeating: ".", count: 200)
    let root = try document(
      "a = \"\(dots)\" # \(dots)\nb = '\(dots)'\nc = \"\"\"\n\(dots)\n\"\"\"\nd = \"\\\"\(dots)\"\n"
    ).root
    #expect(try root.string("a") == dots)
    #expect(try root.string("d") == "\"" + dots)
  }

  @Test func aPipeADirectoryAndNothingAreRefusedAtOnce() {
    for path in ["/", "/dev/zero", "/nonexistent/x.toml"] {
      let got = line { () throws(ProfileError) in _ = try TomlDocument(path: path) }
      #expect(got?.hasPrefix(path) == true)
    }
  }
}
