import Electrochemistry

extension SpeedBench {
  static let factors: [ParameterName] = [
    .negativeDiffusivity, .positiveDiffusivity, .electrolyteDiffusivity, .electrolyteConductivity,
    .negativeReactionRateConstant,
  ]
  static let sensitivityMesh = SPMe.MeshName.medium
  static let sensitivityTolerance = 1e-5

  private func spmeSensitivities() throws -> SingleParticleSensitivities {
    try SingleParticleSensitivities(
      cell, model: .spme, mesh: Self.sensitivityMesh, thermal: .isothermal,
      directions: Self.factors.map { .parameter($0) },
      relativeTolerance: Self.sensitivityTolerance)
  }

  /// Voltage and its derivatives by five factors, against PyBaMM's forward sensitivities.
  func sensitivities(_ record: PyBaMMRecord) throws -> ComparisonRow {
    let experiment = try record.experiment("spme_sensitivities")
    let pair = try finePair("spme_sensitivities", experiment, .fineSPMe)
    let theirs = try experiment.run("0.1 mV")
    let solver = try spmeSensitivities()
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
      name: "spme_sensitivities", work: "SPMe 1C, voltage and 5 sensitivities every 10 s",
      norm: .rms,
      ours: Contender(
        "mesh `\(Self.sensitivityMesh.rawValue)`, tolerance \(Self.sensitivityTolerance)", timing,
        volts: result.voltages, fine: pair),
      theirs: Contender(theirs.settings, theirs.timing, volts: theirs.voltages, fine: pair),
      fineDistance: pair.distance,
      remark: "derivatives differ by \(figure(100 * distance(result, theirs))) % rms at most")
  }

  /// Largest over the factors: rms of the difference over rms of PyBaMM's derivative.
  func distance(_ ours: VoltageSensitivities, _ theirs: PyBaMMRecord.Run) -> Double {
    var worst = 0.0
    for (k, name) in Self.factors.enumerated() {
      guard let reference = theirs.derivatives?[name.rawValue] else { return .nan }
      var (difference, size) = (0.0, 0.0)
      for (i, value) in reference.enumerated() where i < ours.times.count {
        let d = ours.derivatives[i * ours.directions.count + k] - value
        difference += d * d
        size += value * value
      }
      worst = max(worst, (difference / size).squareRoot())
    }
    return worst
  }

  /// Sensitivities over the plain solve of the same mesh, tolerance and outputs: the faster of the
  /// two there are.
  func sensitivitiesAgainstPlain() throws -> OwnRatio {
    let solver = try spmeSensitivities()
    let plain = try SingleParticleSolver(
      cell, model: .spme, mesh: Self.sensitivityMesh, thermal: .isothermal,
      relativeTolerance: Self.sensitivityTolerance)
    let profile = CurrentProfile(times: [0, 3400], currents: [-5, -5], stateOfCharge: 1)
    let start = stoichiometries(1)
    let times = (1...340).map { 10 * Double($0) }
    var volts = [Double](repeating: 0, count: times.count)
    let timings = try Stopwatch.medians(
      rounds: 2 * rounds,
      [
        {
          _ = try solver.solve(
            negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
            times: profile.times, currents: profile.currents, outputTimes: times,
            ambient: CurrentProfile.ambient)
        },
        { try profile.run(plain, self.cell, outputTimes: times, into: &volts) },
        {
          _ = try solver.voltages(
            start: start, times: profile.times, currents: profile.currents, outputTimes: times,
            ambient: CurrentProfile.ambient)
        },
      ])
    let fastest = min(timings[1].cpu, timings[2].cpu)
    return OwnRatio(
      name: "spme_sensitivities_to_plain", work: "SPMe 1C with 5 sensitivities over without",
      value: timings[0].cpu / fastest,
      remark: "\(figure(timings[0].cpu)) ms over \(figure(fastest)) ms")
  }

  func stoichiometries(_ charge: Double) -> (negative: Double, positive: Double) {
    SPMe(cell, mesh: .coarse, thermal: .isothermal).stoichiometries(stateOfCharge: charge)
  }
}
