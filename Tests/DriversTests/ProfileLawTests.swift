import Profiles
import Quantities
import Testing

@Suite("Instrument profiles")
struct ProfileLawTests {
  @Test("every shipped profile is read, and knows its sources", arguments: Shipped.names)
  func shipped(name: String) throws {
    let profile = try Shipped.profile(name)
    #expect(!profile.sources.isEmpty)
    #expect(!profile.confidence.isEmpty)
    #expect(profile.bytes == Array(try Shipped.text(name).utf8))
    for channel in profile.channels { #expect(profile.channelIndex(named: channel.name) != nil) }
  }

  @Test(
    "no step writes an address that must never be written",
    arguments: Shipped.names)
  func denials(name: String) throws {
    let profile = try Shipped.profile(name)
    let steps =
      profile.open + profile.arm + profile.safe + profile.close
      + profile.commands.values.flatMap(\.self)
    for index in steps.flatMap(\.writtenValues) {
      let value = profile.values[index]
      let denied = value.writeFunction == 5 ? profile.denials.coils : profile.denials.registers
      #expect(!denied.contains { $0.overlaps(value.addresses) })
    }
  }

  /// A part of a shipped profile, what it becomes, and what the error must say.
  struct Damage: Sendable, CustomTestStringConvertible {
    var profile: String
    var old: String
    var new: String
    var says: String
    var testDescription: String { says }
  }

  static let damages = [
    // An alarm that could close the contactor, that nobody could end, or that shows nothing.
    Damage(
      profile: "waveshare-relay", old: "address = 0x0001\n", new: "address = 0x0000\n",
      says: "command.sound_alarm: alarm is written for something else: an output of its own"),
    Damage(
      profile: "waveshare-relay", old: "address = 0x0001\n", new: "address = 0x0200\n",
      says: "command.sound_alarm: alarm is written for something else"),
    Damage(
      profile: "waveshare-relay", old: "silence_alarm = [{ write", new: "# [{ write",
      says: "command.sound_alarm: silence_alarm is wanted beside it"),
    Damage(
      profile: "waveshare-relay",
      old: "value = 1 }, { check = \"alarm\", equals = 1 }]", new: "value = 1 }]",
      says: "command.sound_alarm: must end in a check"),
    // The deny-list.
    Damage(
      profile: "riden-rd6006", old: "address = 83\n", new: "address = 19\n",
      says: "value.over_current_limit: address 19 must never be written (19 to 19)"),
    Damage(
      profile: "riden-rd6006", old: "address = 83\n", new: "address = 58\n",
      says: "address 58 must never be written (54 to 62)"),
    Damage(
      profile: "maynuo-m97", old: "writes = [1, 42, 43]", new: "writes = [1, 26, 42, 43]",
      says: "never_write.values.mode_command"),
    Damage(
      profile: "maynuo-m97", old: "{ write = \"mode_command\", value = 42 }",
      new: "{ write = \"mode_command\", value = 26 }", says: "mode_command takes only"),
    // Only what is declared.
    Damage(
      profile: "riden-rd6006", old: "safe = [\n  { write = \"output\"",
      new: "safe = [\n  { write = \"outputt\"",
      says: "no value called \"outputt\" is declared (did you mean \"output\"?)"),
    Damage(
      profile: "riden-rd6006", old: "{ write = \"output\", value = 1 }",
      new: "{ write = \"voltage\", value = 1 }", says: "cannot be written"),
    Damage(
      profile: "riden-rd6006", old: "{ write = \"output\", value = 1 }",
      new: "{ write = \"output\", value = 2 }", says: "output takes only"),
    Damage(
      profile: "riden-rd6006", old: "value = \"current\", read_back",
      new: "value = \"hold\", read_back", says: "a number, current or a declared value is wanted"),
    Damage(
      profile: "riden-rd6006", old: "value = \"voltage_limit\"", new: "value = \"ceiling\"",
      says: "voltage_limit, current_limit, power_limit"),
    Damage(
      profile: "maynuo-m97", old: "{ check = \"active_mode\"",
      new: "{ check = \"mode_command\"", says: "cannot be read"),
    // Safe is known beforehand and proven.
    Damage(
      profile: "riden-rd6006",
      old:
        "{ write = \"current_setpoint\", value = 0 },\n  { check = \"output\", equals = 0 },\n]\nclose",
      new: "{ write = \"current_setpoint\", value = 0 },\n]\nclose", says: "must end in a check"),
    // Shapes and ranges.
    Damage(
      profile: "riden-rd6006", old: "scale = \"current\"", new: "scale = \"currents\"",
      says: "no scale called \"currents\" is declared"),
    Damage(
      profile: "riden-rd6006", old: "is_on = \"output\"\n", new: "",
      says: "missing: a source must deliver it"),
    Damage(
      profile: "waveshare-relay",
      old:
        "rearm = [{ write = \"close_for\", value = \"hold\" }, { check = \"closed\", equals = 1 }]\n",
      new: "", says: "missing: a contactor must take it"),
    // Two relays in turn.
    Damage(
      profile: "waveshare-relay-pair", old: "[\"close_a_for\", \"close_b_for\"], value",
      new: "[\"close_a_for\"], value", says: "1 names: those of two values are wanted"),
    Damage(
      profile: "waveshare-relay-pair", old: "[\"close_a_for\", \"close_b_for\"], value",
      new: "[\"close_a_for\", \"close_a_for\"], value", says: "two relays are wanted"),
    Damage(
      profile: "waveshare-relay-pair", old: "[\"close_a_for\", \"close_b_for\"], value",
      new: "[\"close_a_for\", \"closed_b\"], value",
      says: "\"closed_b\" must be writable in \"s\" and repeatable"),
    Damage(
      profile: "waveshare-relay-pair", old: "close_b_for\"], value = \"hold\"",
      new: "close_b_for\"], value = 4", says: "\"hold\" is wanted"),
    Damage(
      profile: "waveshare-relay-pair", old: "shown_by = \"closed_b\"\n", new: "",
      says: "\"close_b_for\" must say by \"shown_by\" what reads its relay"),
    Damage(
      profile: "waveshare-relay-pair", old: "shown_by = \"closed_b\"",
      new: "shown_by = \"closed_a\"", says: "each with a \"shown_by\" of its own"),
    Damage(
      profile: "waveshare-relay-pair", old: "closed = { any = [\"closed_a\", \"closed_b\"] }",
      new: "closed = \"closed_a\"", says: "one of the two is enough"),
    Damage(
      profile: "waveshare-relay-pair",
      old:
        "{ check = \"closed_a\", equals = 0 },\n  { check = \"closed_b\", equals = 0 },\n]\nclose",
      new: "{ check = \"closed_b\", equals = 0 },\n]\nclose",
      says: "{ check = \"closed_a\", equals = 0 } is wanted: open is when both relays are"),
    Damage(
      profile: "waveshare-relay-pair", old: "safe = [\n",
      new: "safe = [\n  { in_turn = [\"close_a_for\", \"close_b_for\"], value = \"hold\" },\n",
      says: "procedure.safe"),
    Damage(
      profile: "maynuo-m97", old: "words = \"high-first\"", new: "words = \"big\"",
      says: "one of high-first, low-first is wanted"),
    Damage(
      profile: "maynuo-m97", old: "words = \"high-first\"\n", new: "", says: "words"),
    Damage(
      profile: "generic-modbus-float-meter", old: "read = 4\nunit = \"V\"",
      new: "read = 1\nunit = \"V\"", says: "words are read by 3 or 4"),
    Damage(
      profile: "generic-modbus-chamber", old: "address = 0\n", new: "address = 65536\n",
      says: "0 to 65535 is allowed"),
    Damage(
      profile: "generic-modbus-chamber", old: "reply_timeout = \"500 ms\"",
      new: "reply_timeout = \"500\"", says: "timing.reply_timeout"),
    Damage(
      profile: "rig-pace", old: "repeatable = true", new: "repeatabel = true",
      says: "did you mean \"repeatable\"?"),
  ]

  @Test("a profile that breaks a law is refused with file, line and reason", arguments: damages)
  func refused(_ damage: Damage) throws {
    let text = try Shipped.text(damage.profile)
    try #require(text.contains(damage.old))
    let error = #expect(throws: ProfileError.self) {
      _ = try InstrumentProfile(
        text: text.replacing(damage.old, with: damage.new), file: "damaged.toml")
    }
    #expect(error?.description.contains(damage.says) == true, "\(error?.description ?? "")")
    #expect((error?.line ?? 0) > 0)
  }

  @Test("the limits to arm are those that the arm procedure names")
  func limits() throws {
    #expect(try Shipped.profile("riden-rd6006").limitsToArm == [.voltageLimit, .currentLimit])
    #expect(
      try Shipped.profile("maynuo-m97").limitsToArm == [.voltageLimit, .currentLimit, .powerLimit])
    #expect(try Shipped.profile("rig-pace").limitsToArm.isEmpty)
  }
}
