import Electrochemistry

extension SpeedBench {
  /// Discharges and drive cycles: a `CellSolver` against PyBaMM's `solve`.
  func solves(_ record: PyBaMMRecord) throws -> [ComparisonRow] {
    let cutOff = [StopCondition(.voltage, .atMost, 2.5)]
    let toEnd = "1C from full to 2.5 V"
    let drive = "3,600 s drive cycle, knots and voltages every 1 s"
    let bounds = [
      ("spme_discharge", "SPMe", "spme_discharge", "0.1 mV", Self.spmeDischarge),
      ("dfn_discharge", "DFN", "dfn_discharge", "0.1 mV", Self.dfnDischarge),
      ("dfn_discharge_harmonic", "DFN", "dfn_discharge", "0.1 mV harmonic", Self.dfnDischarge),
      ("dfn_discharge_default", "DFN", "dfn_discharge", "1.2 mV", Self.dfnCoarse),
    ]
    var discharges: [Solve] = []
    for (row, model, experiment, run, settings) in bounds {
      discharges += [
        Solve(
          row, "\(model) \(toEnd), at the solver's own steps", of: experiment, run: run, settings,
          stops: cutOff, outputs: false),
        Solve(
          row + "_10s", "\(model) \(toEnd), voltage every 10 s", of: experiment,
          run: run + " every 10 s", settings, stops: cutOff),
      ]
    }
    let others = [
      Solve("spme_drive", "SPMe \(drive)", run: "knots", Self.spmeDrive),
      Solve(
        "spme_drive_no_restarts", "SPMe \(drive)", of: "spme_drive", run: "no restarts",
        Self.spmeDrive),
      Solve("dfn_drive", "DFN \(drive)", run: "knots", Self.dfnDrive, fine: .fineDFNDrive),
      Solve(
        "dfn_drive_no_restarts", "DFN \(drive)", of: "dfn_drive", run: "no restarts",
        Self.dfnDrive, fine: .fineDFNDrive),
    ]
    return try (discharges + others).filter { wanted($0.row) }.map { try compare($0, record) }
  }

  // The fastest found that keep to the bounds of fixtures/thresholds/speed.json.
  static let spmeDischarge = ModelSettings.spme(
    shells: 16, stretch: 2.6, electrode: 6, separator: 2, tolerance: 1e-4)
  static let spmeDrive = ModelSettings.spme(
    shells: 8, stretch: 3.2, electrode: 4, separator: 1, tolerance: 1e-4)
  static let dfnDischarge = ModelSettings.dfn(
    DFNMesh(shells: 16, stretch: 2.5, electrode: 20, grading: 0, separator: 4), tolerance: 1e-4)
  static let dfnCoarse = ModelSettings.dfn(
    DFNMesh(shells: 10, stretch: 2.5, electrode: 8, grading: 0, separator: 4), tolerance: 2e-4)
  static let dfnDrive = ModelSettings.dfn(
    DFNMesh(shells: 12, stretch: 2.5, electrode: 8, grading: 0, separator: 4), tolerance: 5e-4)
}

extension ModelSettings {
  /// 3,600 jumps of slope: less fine, to end within a minute.
  static let fineDFNDrive = ModelSettings.dfn(
    DFNMesh(shells: 40, stretch: 3, electrode: 48, grading: 0, separator: 12), tolerance: 1e-5)
}
