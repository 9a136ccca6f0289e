import Foundation
import Testing

/// Cell, contactor and coil circuit.
extension LoopTests.FaultMatrixTests {
  // A cell of another chemistry whose voltage lies in the declared one's window cannot be told by any
  // voltage: the operator's word, which `commission` asks for, stands there. See `TripTests`.
  @Test("SAF-005 a cell the wrong way round: no current at all")
  func wrongCell() throws {
    try judge([
      FaultCase(
        "reversed_cell", from: 0, ending: .named(["voltage", "polarity", "reversed"]),
        staysOpen: true)
    ])
  }

  @Test("SAF-004 SAF-012 a cell that shorts inside or is heated from outside ends the run")
  func sickCell() throws {
    try judge([
      FaultCase(
        "internal_short", nil, "", "resistance = \"0.2 Ohm\"",
        ending: .named(["voltage", "temperature"])),
      FaultCase(
        "over_temperature", nil, "", "heat = \"9 W\"", ending: .named(["temperature"])),
    ])
  }

  @Test("SAF-014 a contactor that welds, sticks, or opens by itself ends the run, by name")
  func contactor() throws {
    let words = ["contactor", "current"]
    try judge([
      FaultCase(
        "contactor_welded", nil, "", "contacts = \"both\"", ending: .named(["contactor"]),
        opens: false),
      FaultCase(
        "contactor_welded", nil, "", "contacts = \"both\"", from: 0,
        ending: .named(["contactor"]), opens: false),
      FaultCase("contactor_welded", nil, "", "contacts = \"one\"", ending: .unharmed),
      FaultCase("relay_stuck_open", ending: .named(words)),
      FaultCase("relay_stuck_open", from: 0, ending: .named(words)),
      FaultCase("reset", "device", "contactor", "to = \"30.01 s\"", ending: .named(words)),
      FaultCase("relay_ignores_rearming", from: 0, ending: .named(words)),
    ])
  }

  @Test(
    "SAF-015 the coil circuit opened while current flows: it stops at once, and the run ends, by name",
    arguments: [FaultCase.charging, FaultCase.discharging])
  func coilCircuit(second: Int) throws {
    try judge(
      ["estop", "door", "smoke", "fan", "mains"].map {
        FaultCase($0, from: second, ending: .named(["contactor", "current", $0]))
      })
  }
}
