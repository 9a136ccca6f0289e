import Electrochemistry

extension SpeedBench {
  /// Discharges and drive cycles: a `CellSolver` against PyBaMM's `solve`.
  func solves(_ record: PyBaMMRecord) throws -> [ComparisonRow] {
    let cutOff = [StopCondition(.voltage, .atMost, 2.5)]
    let toEnd = "1C from full to 2.5 V, voltage every 10 s"
    let drive = "3,600 s drive cycle, knots and voltages every 1 s"
    let works = [
      Solve("spme_discharge", "SPMe \(toEnd)", run: "0.1 mV", Self.spmeDischarge, stops: cutOff),
      Solve("dfn_discharge", "DFN \(toEnd)", run: "0.1 mV", Self.dfnDischarge, stops: cutOff),
      Solve(
        "dfn_discharge_stock", "DFN \(toEnd)", of: "dfn_discharge", run: "1.2 mV", Self.dfnCoarse,
        stops: cutOff),
      Solve("spme_drive", "SPMe \(drive)", run: "knots", Self.spmeDrive),
      Solve(
        "spme_drive_no_restarts", "SPMe \(drive)", of: "spme_drive", run: "no restarts",
        Self.spmeDrive),
      Solve("dfn_drive", "DFN \(drive)", run: "knots", Self.dfnDrive, fine: .fineDFNDrive),
      Solve(
        "dfn_drive_no_restarts", "DFN \(drive)", of: "dfn_drive", run: "no restarts",
        Self.dfnDrive, fine: .fineDFNDrive),
      Solve(
        "dfn_step", "DFN step of 1 s: rest, then 2C", run: "0.5 mV", Self.dfnStep, norm: .largest,
        parts: 64),
    ]
    return try works.filter { wanted($0.row) }.map { try compare($0, record) }
  }

  // The fastest found that keep to the bounds of fixtures/thresholds/speed.json.
  static let spmeDischarge = ModelSettings.spme(
    shells: 16, stretch: 2.4, electrode: 8, separator: 3, tolerance: 1e-5)
  static let spmeDrive = ModelSettings.spme(
    shells: 14, stretch: 2.4, electrode: 8, separator: 3, tolerance: 1e-4)
  static let dfnDischarge = ModelSettings.dfn(
    DFNMesh(shells: 20, stretch: 2.5, electrode: 24, grading: 0, separator: 6), tolerance: 1e-4)
  static let dfnCoarse = ModelSettings.dfn(
    DFNMesh(shells: 12, stretch: 2.5, electrode: 16, grading: 0, separator: 4), tolerance: 5e-4)
  static let dfnDrive = ModelSettings.dfn(
    DFNMesh(shells: 12, stretch: 2.5, electrode: 16, grading: 0, separator: 4), tolerance: 5e-4)
  static let dfnStep = ModelSettings.dfn(
    DFNMesh(shells: 16, stretch: 2.5, electrode: 16, grading: 0, separator: 4), tolerance: 2e-4)
}

extension ModelSettings {
  /// 3,600 jumps of slope: less fine, to end within a minute.
  static let fineDFNDrive = ModelSettings.dfn(
    DFNMesh(shells: 40, stretch: 3, electrode: 48, grading: 0, separator: 12), tolerance: 1e-5)
}
