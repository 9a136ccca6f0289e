/// What Lockstep promises, one row each; `SAF-nnn` in tests and journal names its requirement.
struct SafetyPromise {
  /// From 1.
  var number: Int
  var promise: String
  /// What kind of proof it wants.
  var proof: String

  /// As in `S1`.
  var name: String { "S\(number)" }
  /// As in `SAF-001`.
  var requirement: String {
    "SAF-" + String(repeating: "0", count: number < 10 ? 2 : 1) + "\(number)"
  }

  static let all: [SafetyPromise] = [
    .init(
      1,
      "Crash, kill, hang, cable pull, death of the computer: current gone within T_max, computed per "
        + "device, measured by `prove`, kept with each run",
      "fault injection on the rig; `prove` on a real bench"),
    .init(
      2,
      "Only the envelope lets current flow; model, protocol and page cannot raise a limit during a run",
      "API and mutation tests; line coverage of `Safety`"),
    .init(
      3,
      "Limits nest: instrument > bench > cell > campaign > step; the tighter wins; refused if not nested",
      "property tests"),
    .init(
      4,
      "Voltage, current, power, temperature absolute; their rates; charge and time per step and in all; a delay per "
        + "limit, none for hard limits", "traces at the boundary"),
    .init(
      5,
      "Plausibility: stale, frozen, NaN, out of range, supply's voltage against the cell's, supply's and load's "
        + "current against the shunt's, one thermometer against the other, current against command, reversed polarity",
      "one injected fault each"),
    .init(
      6,
      "Faults latch on the bench; a named person acknowledges with a note; refused while the cause "
        + "persists; a restart never enables an output", "restart tests"),
    .init(
      7,
      "Every command is admitted: range, slew, direction change through measured zero; supply and load "
        + "never both on", "closure of all reachable states"),
    .init(
      8,
      "Twin late, NaN or diverged: the step's declared fallback, never the last value for ever",
      "injected"),
    .init(
      9, "Trip record: 60 s of full-rate samples before, watch of voltage and temperature after",
      "golden"),
    .init(
      10,
      "No charge current below the cell's minimum charge temperature or above its maximum, by the worst valid "
        + "sensor; derating table; no valid temperature, no charge", "injected"),
    .init(
      11,
      "Deep discharge: below the refusal voltage never again; up to the minimum precharge only; below "
        + "0.5 V reversed, shorted or absent", "traces"),
    .init(
      12,
      "Runaway signs without any model: warming beyond what current explains, temperature rising or voltage falling "
        + "at no current, sudden voltage drop", "traces"),
    .init(13, "After a trip a hot cell is never discharged or re-closed; alarm", "rig"),
    .init(
      14,
      "Contactor re-armed only by this scan's safe verdict; weld test at each start and after each "
        + "opening; two in series for real cells", "rig with welded contactor"),
    .init(
      15,
      "E-stop, door, smoke, fan, mains: wired in the coil circuit, read back, not bypassable by software; "
        + "fire response confirmed at commissioning", "inputs in the rig"),
    .init(
      16,
      "Sense break: meter against supply and load with the expected drop; pulse check before start; a "
        + "remote-sense supply's over-voltage limit at most 50 mV above the cell's maximum",
      "rig with open lead"),
    .init(
      17,
      "Chemistry: the operator confirms it, the rested voltage must fit its window before any current; the supply's "
        + "own set-point never above the cell's maximum plus a bounded lead drop",
      "rig with wrong cell"),
  ]

  private init(_ number: Int, _ promise: String, _ proof: String) {
    self.number = number
    self.promise = promise
    self.proof = proof
  }
}
