import Electrochemistry

extension SpeedBench {
  static let dfnStepMesh = DFNMesh(
    shells: 20, stretch: 2.8, electrode: 16, grading: 0, separator: 4)
  static let dfnSensitivityMesh = DFNMesh(
    shells: 10, stretch: 2.5, electrode: 8, grading: 0, separator: 4)
  static let dfnSensitivityTolerance = 2e-4

  /// The DFN's step of fixed length against PyBaMM's `step()`.
  func dfnSteps(_ record: PyBaMMRecord) throws -> ComparisonRow {
    let experiment = try record.experiment("dfn_step")
    let pair = try finePair("dfn_step", experiment, .fineDFN)
    let solver = DFNSolver(
      cell, size: Self.dfnStepMesh, thermal: .isothermal, relativeTolerance: 1e-4)
    let profile = experiment.profile
    func loop(_ each: () throws -> Void) throws {
      try profile.start(solver, cell)
      for current in profile.currents {
        try solver.step(current: current, ambient: CurrentProfile.ambient, duration: 1)
        try each()
      }
    }
    var volts: [Double] = []
    try loop { volts.append(try solver.row().outputs.voltage) }
    let timings = try Stopwatch.medians(
      rounds: rounds, [{ try loop {} }, { try loop { _ = try solver.row() } }])
    let theirs = try experiment.run("0.5 mV")
    let parts = profile.currents.count
    let with = timings[1].divided(by: parts).cpu
    return ComparisonRow(
      name: "dfn_step", work: "DFN step of 1 s: rest, then 2C", norm: .largest,
      ours: Contender(
        ModelSettings.text(Self.dfnStepMesh), timings[0].divided(by: parts),
        volts: Array(volts.suffix(experiment.times.count)), fine: pair),
      theirs: Contender(theirs.settings, theirs.timing, volts: theirs.voltages, fine: pair),
      fineDistance: pair.distance,
      remark: "\(figure(1e3 * with)) us with all outputs after each step")
  }

  /// Voltage and its derivatives by five factors, against PyBaMM's forward sensitivities.
  func dfnSensitivities(_ record: PyBaMMRecord) throws -> ComparisonRow {
    let experiment = try record.experiment("dfn_sensitivities")
    let pair = try finePair("dfn_sensitivities", experiment, .fineDFN)
    let theirs = try experiment.run("1.2 mV")
    let solver = DFNSensitivities(
      cell, size: Self.dfnSensitivityMesh, directions: Self.factors.map { .parameter($0) },
      relativeTolerance: Self.dfnSensitivityTolerance)
    let profile = experiment.profile
    let start = stoichiometries(profile.stateOfCharge)
    func solve() throws -> VoltageSensitivities {
      try solver.solve(
        negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
        times: profile.times, currents: profile.currents, outputTimes: experiment.times,
        ambient: CurrentProfile.ambient)
    }
    let result = try solve()
    let timing = try Stopwatch.medians(rounds: rounds, [{ _ = try solve() }])[0]
    return ComparisonRow(
      name: "dfn_sensitivities", work: "DFN 1C, voltage and 5 sensitivities every 10 s",
      norm: .rms,
      ours: Contender(
        ModelSettings.text(Self.dfnSensitivityMesh)
          + ", tolerance \(Self.dfnSensitivityTolerance)", timing, volts: result.voltages,
        fine: pair),
      theirs: Contender(theirs.settings, theirs.timing, volts: theirs.voltages, fine: pair),
      fineDistance: pair.distance,
      remark: "derivatives differ by \(figure(100 * distance(result, theirs))) % rms at most")
  }
}
