import Profiles
import Testing

/// Every decoder on bad edits of its shipped file: the whole line, number and all.
@Suite struct BadFilesTests {
  @Test(arguments: [
    BadEdit(
      "scan = \"1 s\"", "scna = \"1 s\"",
      "f.toml:1: scan: missing: a time in ms, s, min or h is wanted"),
    BadEdit(
      "scan = \"1 s\"", "scan = \"1 V\"",
      "f.toml:6: scan: \"1 V\": a time in ms, s, min or h is wanted"),
    BadEdit("scan = \"1 s\"", "scan = 1", "f.toml:6: scan: 1: a time in ms, s, min or h is wanted"),
    BadEdit(
      "scan = \"1 s\"", "scan = \"300 ms\"",
      "f.toml:7: control: \"1 s\": a whole multiple of scan (0.3 s) is wanted"),
    BadEdit(
      "scan = \"1 s\"", "scan = \"2 s\"",
      "f.toml:7: control: \"1 s\": a whole multiple of scan (2.0 s) is wanted"),
    BadEdit(
      "scan = \"1 s\"", "scan = \"1 ms\"", "f.toml:6: scan: \"1 ms\": 0.01 s to 10.0 s is allowed"),
    BadEdit(
      "control = \"1 s\"", "control = \"1 s\"\nheartbeat_silence = \"600 ms\"",
      "f.toml:8: heartbeat_silence: \"600 ms\": 0.1 s to 0.5 s is allowed"),
    BadEdit(
      "control = \"1 s\"", "control = \"1 s\"\nheartbeat_silense = \"400 ms\"",
      "f.toml:8: heartbeat_silense: unknown key (did you mean \"heartbeat_silence\"?)"),
    BadEdit("asset = \"M50-001\"", "asset = \"M50-001\"\nasset = \"x\"", "f.toml:4: not TOML: "),
    BadEdit(
      "zero_current = \"30 mA\"", "zero_current = \"20 mA\"",
      "f.toml:8: zero_current: \"20 mA\": at least 5 sd of the current sensor and its offset, 0.025 A, are wanted"
    ),
    BadEdit(
      "\"two-relays\"", "\"two-relay\"",
      "f.toml:11: wiring.kind: \"two-relay\": one of two-relays, change-over, bidirectional, blocking-diode is wanted (did you mean \"two-relays\"?)"
    ),
    BadEdit(
      "\"two-relays\"", "\"two-relays\"\nalarm = \"contacter\"",
      "f.toml:12: wiring.alarm: \"contacter\": no instrument \"contacter\" on this bench (did you mean \"contactor\"?)"
    ),
    BadEdit(
      "\"two-relays\"", "\"two-relays\"\nalarm = \"psu\"",
      "f.toml:12: wiring.alarm: \"psu\": a source: the contactor's board is wanted"),
    BadEdit(
      "\"two-relays\"", "\"bidirectional\"",
      "f.toml:13: instrument.psu.role: role \"source\" has no place in \"bidirectional\""),
    BadEdit(
      "role = \"load\"", "role = \"source\"",
      "f.toml:18: instrument.load.role: a second source: one is allowed"),
    BadEdit(
      "role = \"load\"", "role = \"load\"\nhold = \"1 s\"",
      "f.toml:22: instrument.load.hold: unknown key: known here are port, profile, role, unit"),
    BadEdit(
      "hold = \"2.5 s\"", "hold = \"1.5 s\"",
      "f.toml:33: instrument.contactor.hold: 1.5 s: at least two scans (2.0 s) are wanted"),
    BadEdit(
      "hold = \"2.5 s\"", "",
      "f.toml:33: instrument.contactor.hold: missing: a time in ms, s, min or h is wanted"),
    BadEdit(
      "port = \"rig\"", "port = \"COM3\"",
      "f.toml:15: instrument.psu.port: \"COM3\": \"rig\", a path (\"/dev/...\") or \"host:port\" is wanted"
    ),
    BadEdit(
      "port = \"rig\"", "port = \"rig\"\nunit = 300",
      "f.toml:16: instrument.psu.unit: 300: 1 to 247 is allowed"),
    BadEdit(
      "[instrument.psu]", "[instrument.\"p s u\"]",
      "f.toml:13: instrument.p s u: a name of letters, digits, - and _ is wanted"),
    BadEdit(
      "\"meter.cell_voltage\"", "\"metre.cell_voltage\"",
      "f.toml:50: reading.cell_voltage: \"metre.cell_voltage\": no instrument \"metre\" on this bench (did you mean \"meter\"?)"
    ),
    BadEdit(
      "\"meter.cell_voltage\"", "\"psu.voltage\"",
      "f.toml:50: reading.cell_voltage: \"psu.voltage\": \"psu\" is a source: a meter is wanted"),
    BadEdit(
      "\"meter.cell_voltage\"", "\"meter\"",
      "f.toml:50: reading.cell_voltage: \"meter\": \"instrument.value\" is wanted, as in \"meter.cell_voltage\""
    ),
    BadEdit(
      "\"thermo.t2\"]", "\"thermo.t1\"]",
      "f.toml:52: reading.surface_temperature: [\"thermo.t1\", \"thermo.t1\"]: \"thermo.t1\" is named twice"
    ),
    BadEdit(
      "[\"thermo.t1\", \"thermo.t2\"]", "[]",
      "f.toml:52: reading.surface_temperature: []: one to 4 readings are allowed"),
    BadEdit(
      "trip = [\"2.4 V\", \"4.25 V\"]", "trip = [\"2.6 V\", \"4.25 V\"]",
      "f.toml:71: limit.voltage.trip: [\"2.6 V\", \"4.25 V\"]: must contain operate, 2.5 V to 4.2 V"
    ),
    BadEdit(
      "trip = [\"2.4 V\", \"4.25 V\"]", "trip = [\"2.4 V\", \"4.203 V\"]",
      "f.toml:69: limit.voltage.trip: 0.003 from operate: at least 5 sd of the sensor and its resolution, 0.005, are wanted"
    ),
    BadEdit(
      "trip = [\"2.4 V\", \"4.25 V\"]", "trip = [\"4.25 V\", \"2.4 V\"]",
      "f.toml:71: limit.voltage.trip: [\"4.25 V\", \"2.4 V\"]: [low, high] with low below high is wanted"
    ),
    BadEdit(
      "trip = [\"2.4 V\", \"4.25 V\"]", "trip = [\"2.4 V\", 4.25]",
      "f.toml:71: limit.voltage.trip[1]: 4.25: a voltage in V or mV is wanted"),
    BadEdit(
      "[limit.voltage]", "[limit.volts]",
      "f.toml:69: limit.volts: unknown key: known here are charge_temperature, current, "
        + "current_rate, discharge_temperature, power, step_charge, step_time, temperature, "
        + "temperature_rate, total_charge, total_time, voltage, voltage_rate"
    ),
    BadEdit("schema = 1", "schema = \"1\"", "f.toml:2: schema: \"1\": an integer is wanted"),
  ])
  func aBench(_ edit: BadEdit) throws {
    let text = edited(try shipped(.bench, "demo"), edit.old, edit.new)
    let got = line { () throws(ProfileError) in
      _ = try BenchFile(TomlDocument(text: text, file: "f.toml"))
    }
    expect(got, edit.message)
  }

  @Test(arguments: [
    BadEdit("source = ", "sauce = ", "f.toml:1: source: missing: a string is wanted"),
    BadEdit(
      "refuse_below = \"2.0 V\"", "refuse_below = \"2.6 V\"",
      "f.toml:8: voltage.refuse_below: \"2.6 V\": 0.5 V to 2.5 V is allowed"),
    BadEdit(
      "[\"2.5 V\", \"4.2 V\"]", "[\"2500 V\", \"4200 V\"]",
      "f.toml:7: voltage.operate: [\"2500 V\", \"4200 V\"]: one cell's window, within 0.5 V to 5 V, is wanted"
    ),
    BadEdit(
      "\"25..45 degC\"", "\"26..45 degC\"",
      "f.toml:12: charge_current.26..45 degC: \"3.5 A\": rows must join: from 25.0 degC on is wanted here"
    ),
    BadEdit(
      "\"25..45 degC\"", "\"25..44 degC\"",
      "f.toml:10: charge_current: rows must cover 0.0 degC to 45.0 degC"),
    BadEdit(
      "\"0..25 degC\"", "\"0..25\"",
      "f.toml:11: charge_current.0..25: \"1.5 A\": a range of temperature is wanted as key, as in \"0..25 degC\""
    ),
    BadEdit(
      "= \"1.5 A\"", "= \"1.5 Ah\"",
      "f.toml:11: charge_current.0..25 degC: \"1.5 Ah\": a current in A or mA is wanted"),
    BadEdit(
      "= \"1.5 A\"", "= \"-1.5 A\"",
      "f.toml:11: charge_current.0..25 degC: \"-1.5 A\": 0.0 A to 10000.0 A is allowed"),
    BadEdit(
      "charge = [\"0 degC\"", "charge = [\"-30 degC\"",
      "f.toml:22: temperature.charge: [\"-30 degC\", \"45 degC\"]: must lie within the discharge window"
    ),
    BadEdit(
      "charge = [\"0 degC\"", "charge = [\"273 K\"",
      "f.toml:22: temperature.charge[0]: \"273 K\": a temperature in degC is wanted"),
  ])
  func aLimitsFile(_ edit: BadEdit) throws {
    let text = edited(try shipped(.limits, "lg-m50"), edit.old, edit.new)
    let got = line { () throws(ProfileError) in
      _ = try LimitsFile(TomlDocument(text: text, file: "f.toml"))
    }
    expect(got, edit.message)
  }

  @Test(arguments: [
    BadEdit(
      "\"Rest for 10 minutes\"", "\"Rest for 10 fortnights\"",
      "f.toml:5: steps[0]: \"Rest for 10 fortnights\": \"10 fortnights\": a time above zero in s, min or h is wanted"
    ),
    BadEdit("\"Rest for 10 minutes\"", "10", "f.toml:5: steps[0]: 10: a step string is wanted"),
    BadEdit(
      "steps = [", "stesp = [", "f.toml:1: steps: missing: an array of step strings is wanted"),
    BadEdit("name = \"capacity\"", "name = 7", "f.toml:2: name: 7: a string is wanted"),
    BadEdit(
      "\"Hold at 4.2 V until C/20\"", "\"Hold at 4.2 V until -C/20\"",
      "f.toml:7: steps[2]: \"Hold at 4.2 V until -C/20\": \"-C/20\": the magnitude of the current, above zero, is wanted"
    ),
  ])
  func aProtocol(_ edit: BadEdit) throws {
    let text = edited(try shipped(.protocol, "capacity"), edit.old, edit.new)
    let got = line { () throws(ProfileError) in
      _ = try ProtocolFile(TomlDocument(text: text, file: "f.toml"))
    }
    expect(got, edit.message)
  }

  @Test(arguments: [
    BadEdit(
      "kind = \"charge\"", "kind = \"validate\"",
      "f.toml:17: phase[2].prescription: missing: a table is wanted"
    ),
    BadEdit(
      "kind = \"charge\"", "kind = \"chrage\"",
      "f.toml:18: phase[2].kind: \"chrage\": protocol, charge, identify, validate or repeat is wanted (did you mean \"charge\"?)"
    ),
    BadEdit(
      "policy = \"ride\"", "policy = \"mcp\"",
      "f.toml:19: phase[2].policy: \"mcp\": cccv, ride or mpc is wanted (did you mean \"mpc\"?)"),
    BadEdit(
      "policy = \"ride\"", "policy = \"cccv\"\ncurrent = \"3 A\"",
      "f.toml:17: phase[2].voltage: missing: the other of current and voltage, or neither, is wanted"
    ),
    BadEdit(
      "kind = \"charge\"", "kind = \"repeat\"\nphases = 3\ntimes = 2",
      "f.toml:19: phase[2].phases: 3: 2 at most stand before it"),
    BadEdit(
      "to = \"80 %\"", "to = \"80 V\"",
      "f.toml:20: phase[2].to: \"80 V\": a fraction in % is wanted"),
    BadEdit(
      "to = \"80 %\"", "to = \"180 %\"",
      "f.toml:20: phase[2].to: \"180 %\": 1.0 % to 100.0 % is allowed"),
    BadEdit(
      "plating_margin", "plating_margn",
      "f.toml:21: phase[2].limits.plating_margn: unknown key (did you mean \"plating_margin\"?)"),
    BadEdit(
      "reason = \"virtual cell: 6 A at 10 degC is past the data sheet\"", "why = \"x\"",
      "f.toml:3: research_override.reason: missing: a string is wanted"),
    BadEdit(
      "by = \"demo\"", "by = \"\"", "f.toml:3: research_override.by: \"\": must not be empty"),
    BadEdit(
      "sd = \"2 %\"", "sd = \"0 %\"", "f.toml:7: initial.sd: \"0 %\": 0.1 % to 50.0 % is allowed"),
    BadEdit(
      "\"6 A\"", "\"-6 A\"",
      "f.toml:21: phase[2].limits.current: \"-6 A\": a magnitude above zero is wanted"),
    BadEdit(
      "\"6 A\"", "\"6\"",
      "f.toml:21: phase[2].limits.current: \"6\": a current in A, mA or as a C-rate (\"2 A\", \"0.5C\", \"C/3\") is wanted"
    ),
  ])
  func aCampaign(_ edit: BadEdit) throws {
    let text = edited(try shipped(.campaign, "charge"), edit.old, edit.new)
    let got = line { () throws(ProfileError) in
      _ = try CampaignFile(TomlDocument(text: text, file: "f.toml"))
    }
    expect(got, edit.message)
  }

  @Test(arguments: [
    BadEdit(
      "name = \"dfn\"", "name = \"dfm\"",
      "f.toml:9: model.name: \"dfm\": one of spme, dfn is wanted (did you mean \"dfn\"?)"),
    BadEdit(
      "mesh = \"standard\"", "mesh = \"finer\"",
      "f.toml:10: model.mesh: \"finer\": one of coarse, medium, standard, fine is wanted (did you mean \"fine\"?)"
    ),
    BadEdit(
      "negative_electrode.diffusivity", "negative_electrode.diffusivty",
      "f.toml:20: parameter_sd.negative_electrode.diffusivty: \"8 %\": no such parameter (did you mean \"negative_electrode.diffusivity\"?)"
    ),
    BadEdit(
      "mean = \"3 mOhm\"", "mean = \"3 mV\"",
      "f.toml:29: contact_resistance.mean: \"3 mV\": a resistance in Ohm or mOhm is wanted"),
    BadEdit(
      "noise = \"1 mV\"\noffset = \"1 mV\"", "noise = \"1 mV\"\noffset = \"1 mA\"",
      "f.toml:37: sensor.meter.cell_voltage.noise: \"1 mV\": a current in A or mA is wanted"),
    BadEdit(
      "noise = \"1 mV\"", "noise = nan",
      "f.toml:37: sensor.meter.cell_voltage.noise: nan: a voltage in V or mV is wanted"),
    BadEdit(
      "latency = \"100 ms\"", "latency = \"1 h\"",
      "f.toml:66: sensor.psu.current.latency: \"1 h\": 0.0 s to 2.0 s is allowed"),
  ])
  func aPlant(_ edit: BadEdit) throws {
    let text = edited(try shipped(.plant, "demo"), edit.old, edit.new)
    let got = line { () throws(ProfileError) in
      _ = try PlantFile(TomlDocument(text: text, file: "f.toml"))
    }
    expect(got, edit.message)
  }

  // No edit may crash a decoder, hang it, or make it say more than a line.
  @Test func everyDamagedFileIsReadOrRefusedInOneLine() throws {
    let files = [
      try shipped(.bench, "demo"), try shipped(.limits, "lg-m50"), try shipped(.protocol, "demo"),
      try shipped(.campaign, "charge"), try shipped(.plant, "demo"),
    ]
    var state: UInt64 = 3
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var refused = 0
    for round in 0..<1500 {
      var bytes = Array(files[round % files.count].utf8)
      for _ in 0...random(3) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + random(20)))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
        }
      }
      let got = line { () throws(ProfileError) in
        let document = try TomlDocument(bytes: bytes, file: "f.toml")
        switch round % files.count {
        case 0: _ = try BenchFile(document)
        case 1: _ = try LimitsFile(document)
        case 2: _ = try ProtocolFile(document)
        case 3: _ = try CampaignFile(document)
        default: _ = try PlantFile(document)
        }
      }
      guard let got else { continue }
      refused += 1
      #expect(got.hasPrefix("f.toml:") && !got.contains("\n"), "\(got)")
    }
    #expect(refused > 500)
  }

  // The parser's own words end its lines: those are compared up to them.
  private func expect(_ got: String?, _ message: String) {
    if message.hasSuffix(": ") {
      #expect(got?.hasPrefix(message) == true, "\(got ?? "accepted")")
    } else {
      #expect(got == message)
    }
  }
}
