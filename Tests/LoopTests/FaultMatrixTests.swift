import Foundation
import Testing

extension LoopTests {
  /// Faults of the rig by devices, each through a whole run: it ends safe by the rig's truth, says in
  /// one line what it was, and neither hangs nor calls itself done.
  @Suite("Fault matrix", .serialized)
  struct FaultMatrixTests {
    /// How many runs go side by side: most of their time they wait on reply timeouts.
    private static let width = 16

    func judge(_ cases: [FaultCase]) throws {
      var (waiting, running) = (cases[...], [FaultRun]())
      while !waiting.isEmpty || !running.isEmpty {
        while running.count < Self.width, let next = waiting.popFirst() {
          running.append(try FaultRun(next))
        }
        _ = Patience.until { running.contains(where: \.isOver) }
        let first = running.firstIndex(where: \.isOver) ?? 0
        let over = running.remove(at: first)
        if let again = over.repeated() { waiting.append(again) } else { try over.judge() }
      }
    }

    private static let devices = ["load", "psu", "pace", "meter", "contactor", "thermo"]

    private static func words(_ device: String) -> [String] {
      switch device {
      case "thermo": ["thermo", "temperature"]
      case "meter": ["meter", "cell voltage", "current"]
      case "load": ["load"]
      case "psu": ["psu", "supply"]
      default: [device]
      }
    }

    @Test(
      "SAF-001 SAF-005 a device that falls silent, is gone, talks nonsense or takes no orders ends the run safely, by name"
    )
    func bus() throws {
      let kinds = [
        "silence", "garbage", "bad_crc", "truncated", "wrong_unit", "exception", "port_gone",
      ]
      // One queue, the slowest first.
      let wholly = Self.devices.flatMap { device in
        // Without its meter nothing can be shown to be gone, and the guard holds on.
        kinds.map {
          FaultCase(
            $0, "device", device,
            ending: device == "meter"
              ? .heldUntilSignal(Self.words(device)) : .named(Self.words(device)))
        }
      }
      let writesOnly = ["load", "psu", "contactor"].flatMap { device in
        ["silence", "exception"].map {
          FaultCase(
            $0, "device", device, "on = \"write\"", from: 20, ending: .named(Self.words(device)))
        }
      }
      try judge(writesOnly + wholly)
    }

    @Test("a reply that comes late but in time, twice, or with noise does no harm")
    func harmless() throws {
      try judge(
        ["psu", "meter", "contactor"].map {
          FaultCase("late", "device", $0, "by = \"20 ms\"\nto = \"50 s\"", ending: .unharmed)
        } + ["psu", "meter", "load"].map { FaultCase("merged", "device", $0, ending: .unharmed) }
          + [
            FaultCase(
              "noise", "reading", "meter.cell_voltage", "sd = \"1 mV\"", ending: .unharmed),
            FaultCase("noise", "reading", "thermo.t1", "sd = \"0.1 K\"", ending: .unharmed),
            FaultCase(
              "silence", "device", "thermo", "to = \"31 s\"", ending: .unharmed),
          ])
    }

    @Test("SAF-005 SAF-016 a sensor that lies ends the run safely, by name")
    func sensors() throws {
      let voltage = ["meter", "voltage"]
      let current = ["meter", "current"]
      let temperature = ["thermo", "temperature"]
      func reading(_ kind: String, _ name: String, _ words: [String], _ more: String = "")
        -> FaultCase
      { FaultCase(kind, "reading", name, more, ending: .named(words)) }
      try judge([
        reading("stuck", "meter.cell_voltage", voltage),
        reading("offset", "meter.cell_voltage", voltage, "by = \"-300 mV\""),
        FaultCase(
          "stuck", "reading", "meter.shunt_current", ending: .heldUntilSignal(current)),
        FaultCase(
          "offset", "reading", "meter.shunt_current", "by = \"500 mA\"",
          ending: .heldUntilSignal(current)),
        FaultCase(
          "drift", "reading", "meter.shunt_current", "per_hour = \"60 A\"",
          ending: .heldUntilSignal(current)),
        reading("offset", "psu.current", ["psu", "supply", "current"], "by = \"500 mA\""),
        reading("offset", "psu.voltage", ["psu", "supply", "voltage"], "by = \"-1 V\""),
        reading("drift", "meter.cell_voltage", voltage, "per_hour = \"-60 V\""),
        reading("offset", "thermo.t1", temperature, "by = \"-12 K\""),
        reading("offset", "thermo.t2", temperature, "by = \"12 K\""),
        reading("drift", "thermo.t1", temperature, "per_hour = \"900 K\""),
        reading("open_sense", "meter.cell_voltage", voltage),
      ])
    }

    @Test("SAF-005 a thermometer that has come off a hot cell is found by the other")
    func thermistorOff() throws {
      let heat = "[[fault]]\nkind = \"over_temperature\"\nheat = \"8 W\"\n"
      try judge(
        ["thermo.t1", "thermo.t2"].map {
          var fault = FaultCase(
            "thermistor_off", "reading", $0, ending: .named(["thermo", "temperature"]))
          fault.faults += heat
          return fault
        })
    }

    @Test("SAF-001 SAF-007 a device that does what it was not told ends the run safely, by name")
    func devices() throws {
      let (psu, load) = (Self.words("psu"), Self.words("load"))
      func on(_ device: String) -> Int {
        device == "load" ? FaultCase.discharging : FaultCase.charging
      }
      try judge(
        ["psu", "load"].flatMap { device in
          [
            FaultCase(
              "lost_remote", "device", device, "writes = \"ignored\"", from: on(device),
              ending: .named(Self.words(device))),
            FaultCase(
              "lost_remote", "device", device, "writes = \"refused\"", from: on(device),
              ending: .named(Self.words(device))),
            // Its set-point is zero before it is switched off: what stays on drives nothing.
            FaultCase(
              "stays_on", "device", device, "says = \"off\"", from: on(device),
              ending: .unharmed),
            FaultCase(
              "stays_on", "device", device, "says = \"on\"", from: on(device),
              ending: .named(Self.words(device))),
            FaultCase(
              "reset", "device", device, "to = \"\(on(device)).01 s\"", from: on(device),
              ending: .named(Self.words(device) + ["current"])),
            FaultCase(
              "tripped", "device", device, from: on(device),
              ending: .named(Self.words(device))),
          ]
        } + [
          FaultCase(
            "load_stuck_on", "device", "load", "current = \"1 A\"", from: 15,
            ending: .named(load + ["current"])),
          FaultCase(
            "load_stuck_on", "device", "load", "current = \"1 A\"",
            ending: .named(load + ["current"])),
          FaultCase(
            "tripped", "device", "psu", "protection = \"over-current\"", ending: .named(psu)),
        ])
    }
  }
}
