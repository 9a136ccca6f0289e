import Electrochemistry
import Identification
import Kernels
import Quantities
import Testing

/// A fit of records that the model itself made.
struct RecoveryTests {
  /// ln of the true factors, and mOhm.
  static let truth: [(FitParameter, Double)] = [
    (factor(.negativeDiffusivity), 0.3), (factor(.positiveDiffusivity), -0.4),
    (factor(.negativeReactionRateConstant), 0.25), (factor(.heatTransferCoefficient), 0.2),
    (FitParameter(.contactResistance, prior: 2, priorSD: 0.7), 2.3),
    (
      FitParameter(
        .correction(.init(.positiveOpenCircuitPotential, centre: 0.5, width: 0.1)), prior: 0,
        priorSD: 0.01), 0.006
    ),
  ]

  static func factor(_ name: ParameterName) -> FitParameter {
    FitParameter(.factor(name), prior: 0, priorSD: 0.5)
  }

  /// A discharge in steps of two rates with rests, at `celsius`, sampled each 20 s with noise of
  /// 1 mV and 0.1 K.
  static func record(
    _ cell: CellParameters, celsius: Double, seed: UInt64
  ) throws -> MeasuredRecord {
    var (times, currents): ([Double], [Double]) = ([], [])
    for i in 0..<540 {
      times.append(20 * Double(i))
      let phase = i / 30 % 4
      currents.append(phase == 0 ? -5 : phase == 2 ? -2.5 : phase == 3 ? 1.5 : 0)
    }
    let rows = try OpenLoop.run(
      cell, times: times, currents: currents, ambient: celsius + 273.15,
      start: .stateOfCharge(0.95),
      mesh: .coarse)
    var noise = RandomStream(seed: seed)
    var record = MeasuredRecord(
      name: "simulated", times: times, currents: currents,
      voltages: rows.map { $0.voltage + 0.001 * noise.gaussian() },
      temperatures: rows.map { $0.temperature + 0.1 * noise.gaussian() }, tolerance: 1e-6,
      longestGap: 20, comparedPeriod: 20, ambient: celsius + 273.15)
    record.initialTemperature = celsius + 273.15
    record.restedVoltage = rows[0].openCircuitVoltage
    record.voltageSD = 0.001
    record.temperatureSD = 0.1
    record.independentRows = 1e6
    record.stateOfChargeSD = 1e-3
    return record
  }

  static func fit(seed: UInt64) throws -> CellFit {
    let base = try Fixture.cell("chen2020")
    let modification = CellModification(base, truth.map(\.0))
    let cell = try modification.cell(truth.map(\.1))
    var fit = CellFit(
      modification,
      try [
        record(cell, celsius: 25, seed: seed), record(cell, celsius: 10, seed: seed + 1000),
      ])
    fit.chargeSD = 0
    fit.longestSubstep = 2
    return fit
  }

  @Test("of 18 truths at least 15 lie in the 95 % intervals, all in 4 standard deviations")
  func recovery() throws {
    var inside = 0
    for seed in [101, 102, 103] as [UInt64] {
      let found = try #require(try Self.fit(seed: seed).run(rounds: 15))
      #expect(found.converged)
      for (i, truth) in Self.truth.enumerated() {
        let error = (found.values[i] - truth.1).magnitude
        #expect(error < 4 * found.sd(i), "\(truth.0.name): \(found.values[i]) +- \(found.sd(i))")
        // An interval so wide that it says nothing would be no success.
        #expect(found.sd(i) < 0.5 * truth.0.priorSD, "\(truth.0.name): \(found.sd(i))")
        if error < 1.96 * found.sd(i) { inside += 1 }
      }
    }
    // 18 of probability 0.95: fewer than 15 once in 160.
    #expect(inside >= 15)
  }

  @Test("no value leaves its bounds, and one that the data pull out ends on them")
  func bounds() throws {
    var fit = try Self.fit(seed: 104)
    var parameters = fit.modification.parameters
    parameters[0].bounds = -0.5...0.1
    fit = CellFit(CellModification(fit.modification.base, parameters), fit.records)
    let found = try #require(fit.run(rounds: 10))
    #expect(found.values[0] == 0.1)
    for (value, parameter) in zip(found.values, found.parameters) {
      #expect(parameter.bounds.contains(value))
    }
  }

  @Test("a parameter that the records do not see stays at its prior, as uncertain as before")
  func unseen() throws {
    let fit = try Self.fit(seed: 105)
    var parameters = fit.modification.parameters
    parameters.append(
      FitParameter(
        .correction(.init(.negativeOpenCircuitPotential, centre: 0.995, width: 0.005)),
        prior: 0.002, priorSD: 0.004))
    let found = try #require(
      CellFit(CellModification(fit.modification.base, parameters), fit.records).run(rounds: 10))
    let last = parameters.count - 1
    #expect((found.values[last] - 0.002).magnitude < 1e-5)
    #expect((found.sd(last) - 0.004).magnitude < 1e-5)
  }
}
