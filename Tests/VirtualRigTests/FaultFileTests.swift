import Profiles
import Testing
import VirtualRig

/// The line with which a fault file, or its place on the demo's bench, is refused.
private func refusal(_ faults: String, bench: Fixture.Bench = .demo) -> String {
  do {
    _ = try Fixture.configuration(
      Fixture.plantFile(tcp: bench == .demo ? "[\"psu\"]" : "[]"), bench: bench, faults: faults)
    return "accepted"
  } catch {
    return "\(error)"
  }
}

@Test(
  "a fault file is refused with its place, and what was meant",
  arguments: [
    ("", "at least one [[fault]] is wanted"),
    ("[[fault]]\nkind = \"silense\"\ndevice = \"psu\"", "did you mean \"silence\"?"),
    ("[[fault]]\nkind = \"silence\"\ndevice = \"psu\"\nform = \"3 s\"", "did you mean \"from\"?"),
    ("[[fault]]\nkind = \"silence\"\ndevice = \"pzu\"", "did you mean \"psu\"?"),
    ("[[fault]]\nkind = \"silence\"\nport = \"load-tcp\"", "port: \"load-tcp\": not on this rig"),
    ("[[fault]]\nkind = \"silence\"", "faults.toml:2: fault[0].device: missing"),
    ("[[fault]]\nkind = \"late\"\ndevice = \"psu\"\nby = \"3 V\"", "by: \"3 V\""),
    ("[[fault]]\nkind = \"stuck\"\nreading = \"meter.voltage\"", "meter.cell_voltage"),
    (
      "[[fault]]\nkind = \"offset\"\nreading = \"meter.cell_voltage\"\nby = \"3 A\"",
      "meter.cell_voltage is in V, not A"
    ),
    ("[[fault]]\nkind = \"thermistor_off\"\nreading = \"psu.current\"", "a temperature is wanted"),
    ("[[fault]]\nkind = \"open_sense\"\nreading = \"psu.voltage\"", "a meter's voltage"),
    ("[[fault]]\nkind = \"stays_on\"\ndevice = \"thermo\"", "has no such fault"),
    ("[[fault]]\nkind = \"load_stuck_on\"\ndevice = \"psu\"\ncurrent = \"1 A\"", "no such fault"),
    ("[[fault]]\nkind = \"estop\"\nfrom = \"3 s\"\nto = \"2 s\"", "a time after from"),
    ("[[fault]]\nkind = \"over_temperature\"\nheat = \"900 W\"", "at most"),
    (
      "[[fault]]\nkind = \"wrong_chemistry\"\ncell = \"prada2013\"\nfrom = \"3 s\"",
      "there from the start"
    ),
  ])
func refusedFaults(text: String, line: String) throws {
  // Heat is only known to be too much where the plant stands.
  var said = refusal(text)
  if said == "accepted" {
    do { _ = try Fixture.bench(faults: text) } catch { said = "\(error)" }
  }
  #expect(said.contains(line), "\(said)")
  #expect(!said.contains("\n"))
}

@Test(
  "what a device cannot have is refused: no checksum in text, no exception outside Modbus",
  arguments: [
    ("dmm", "bad_crc"), ("dmm", "wrong_unit"), ("dmm", "exception"), ("load", "exception"),
  ])
func foreignFaults(device: String, kind: String) {
  let said = refusal("[[fault]]\nkind = \"\(kind)\"\ndevice = \"\(device)\"", bench: .kunkin)
  #expect(said.contains("has no such fault"), "\(said)")
}
