import Electrochemistry
import Identification
import Kernels
import Simulation
import Testing

/// Parameters of cells that are known, found again.
struct IdentificationLaws {
  @Test(
    "of 50 truths at least 43 lie in their 95 % profile intervals, none of which is wider than 30 %"
  )
  func profilesCover() throws {
    let base = try SimulatedCell.base()
    var inside = 0
    for seed in 101...110 as ClosedRange<UInt64> {
      var stream = RandomStream(seed: seed, stream: 9)
      let truth = SimulatedCell.parameters.map { _ in 0.2 * stream.gaussian() }
      let model = RunModel(.spme, thermal: .isothermal)
      var fit = CellIdentification(
        base, SimulatedCell.parameters,
        [SimulatedCell.record(base, truth, model: model, seed: seed)], model: model)
      let attempt = fit.run(starts: 1, estimatesErrors: false)
      let found = try #require(attempt)
      #expect(found.converged)
      for (k, interval) in zip(truth.indices, fit.profiles(found, of: Array(truth.indices))) {
        #expect(!interval.isOpenBelow && !interval.isOpenAbove)
        #expect(interval.upper - interval.lower < 0.6)
        if interval.lower...interval.upper ~= truth[k] { inside += 1 }
      }
    }
    // 50 of probability 0.95: fewer than 43 once in 800.
    #expect(inside >= 43, "\(inside)")
  }

  @Test(
    "slopes are those of the run itself, for every model and with the lithium inventory",
    arguments: [
      RunModel(.spme, thermal: .lumped, tolerance: 1e-7),
      RunModel(.spm, thermal: .isothermal, tolerance: 1e-7),
      RunModel(.dfn, thermal: .isothermal, tolerance: 1e-6),
      RunModel(.dfn, thermal: .lumped, tolerance: 1e-6),
    ])
  func slopes(model: RunModel) throws {
    let base = try SimulatedCell.base()
    let parameters: [IdentifiedParameter] = [
      .factor(.negativeActiveFraction), .lithiumInventory, .factor(.positiveDiffusivity),
    ]
    let current = CurrentRecord(steps: [(-5, 120), (0, 60), (4, 60)], ambient: 293.15)
    let times = [10.0, 100, 150, 230]
    func run(_ values: [Double], _ z: Double, slopes: Bool) -> ModelRun {
      let cell = base.scaled([
        .negativeActiveFraction: Double.exponential(values[0]),
        .positiveDiffusivity: Double.exponential(values[2]),
      ])
      return model.run(
        cell, current, from: z, outputTimes: times, parameters: parameters, lithium: values[1],
        reference: base, slopes: slopes)
    }
    let here = run([0, 0, 0], 0.6, slopes: true)
    #expect(here.reached == times.count)
    for k in 0...3 {
      let h = k == 3 ? 1e-3 : 1e-2
      var (up, down) = ([0.0, 0, 0], [0.0, 0, 0])
      if k < 3 { (up[k], down[k]) = (h, -h) }
      let (a, b) = (
        run(up, k == 3 ? 0.6 + h : 0.6, slopes: false),
        run(down, k == 3 ? 0.6 - h : 0.6, slopes: false)
      )
      for i in times.indices {
        let difference = (a.voltages[i] - b.voltages[i]) / (2 * h)
        let slope = here.voltageSlopes[i * 4 + k]
        // Differences err by the integrator's own noise: 1e-7 V over h.
        #expect(
          (slope - difference).magnitude < 0.02 * slope.magnitude + 3e-4, "\(k) at \(times[i])")
      }
    }
  }

  @Test("one row in a hundred that is 200 mV off moves no parameter by a standard deviation")
  func outliers() throws {
    let base = try SimulatedCell.base()
    let model = RunModel(.spme, thermal: .isothermal)
    let clean = SimulatedCell.record(base, [0.1, -0.1, 0.1, 0, 0.2], model: model, seed: 120)
    var spoilt = clean
    for i in stride(from: 50, to: spoilt.voltages.count, by: 100) { spoilt.voltages[i] += 0.2 }
    var (a, b) = (
      CellIdentification(base, SimulatedCell.parameters, [clean], model: model),
      CellIdentification(base, SimulatedCell.parameters, [spoilt], model: model)
    )
    let (first, second) = (
      a.run(starts: 1, estimatesErrors: false), b.run(starts: 1, estimatesErrors: false)
    )
    let (without, with) = (try #require(first), try #require(second))
    for k in SimulatedCell.parameters.indices {
      #expect((with.values[k] - without.values[k]).magnitude < without.sd(k))
    }
  }

  @Test("a DFN finds a DFN's parameters")
  func porous() throws {
    let base = try SimulatedCell.base()
    let parameters: [IdentifiedParameter] = [
      .factor(.negativeDiffusivity), .factor(.positiveDiffusivity),
      .factor(.negativeReactionRateConstant), .factor(.electrolyteDiffusivity),
      .factor(.contactResistance),
    ]
    let truth = [0.2, -0.15, 0.1, 0.15, -0.2]
    let model = RunModel(.dfn, thermal: .isothermal)
    let record = SimulatedCell.record(base, truth, model: model, seed: 121)
    var fit = CellIdentification(base, parameters, [record], model: model)
    let attempt = fit.run(starts: 1, estimatesErrors: false)
    let found = try #require(attempt)
    for k in truth.indices {
      let error = (found.values[k] - truth[k]).magnitude
      #expect(error < 4 * found.sd(k), "\(parameters[k].name): \(error) of \(found.sd(k))")
      #expect(found.sd(k) < 0.15)
    }
  }
}

extension IdentificationLaws {
  @Test(
    "a charge that is given is no value of the fit: no variance, and sds are those of the profiles")
  func givenCharge() throws {
    let base = try SimulatedCell.base()
    let model = RunModel(.spme, thermal: .isothermal)
    var record = SimulatedCell.record(base, [0, 0, 0, 0, 0], model: model, seed: 122)
    (record.stateOfCharge, record.stateOfChargeSD) = (SimulatedCell.charge, 0)
    var fit = CellIdentification(
      base, [.openCircuitOffset, .factor(.contactResistance)], [record], model: model)
    let attempt = fit.run(starts: 1, estimatesErrors: false)
    let found = try #require(attempt)
    #expect(found.sd(2) == 0)
    for (k, interval) in fit.profiles(found, of: [0, 1]).enumerated() {
      let half = 0.5 * (interval.upper - interval.lower)
      #expect((half / (1.96 * found.sd(k)) - 1).magnitude < 0.1)
    }
  }

  @Test(
    "an ambient that is 3 K off is found, and takes no parameter with it; unasked it would",
    arguments: [RunModel(.spme, thermal: .lumped)])
  func ambient(model: RunModel) throws {
    let base = try SimulatedCell.base()
    let truth = [0.2, -0.15, 0.1, 0.15, -0.2]
    var record = SimulatedCell.record(base, truth, model: model, seed: 123)
    record.current.ambient += 3
    record.current.startIsMeasured = true
    func distances(_ more: [IdentifiedParameter]) throws -> (IdentifiedCell, [Double]) {
      var fit = CellIdentification(base, SimulatedCell.parameters + more, [record], model: model)
      let attempt = fit.run(starts: 1, estimatesErrors: false)
      let found = try #require(attempt)
      return (found, truth.indices.map { (found.values[$0] - truth[$0]).magnitude / found.sd($0) })
    }
    let (found, asked) = try distances([.ambientOffset])
    #expect((found.values[5] + 3).magnitude < 4 * found.sd(5), "\(found.values[5])")
    #expect(found.sd(5) < 0.2)
    #expect(asked.allSatisfy { $0 < 4 }, "\(asked)")
    #expect(try distances([]).1.contains { $0 > 6 })
  }

  @Test("what a record's first voltage costs is told from what the parameters cost")
  func start() throws {
    let base = try SimulatedCell.base()
    let model = RunModel(.spme, thermal: .isothermal)
    let truth = [0.1, -0.1, 0.1, 0, 0.2]
    var fit = CellIdentification(
      base, SimulatedCell.parameters,
      [SimulatedCell.record(base, truth, model: model, seed: 124)], model: model)
    let attempt = fit.run(starts: 1, estimatesErrors: false)
    let found = try #require(attempt)
    var other = SimulatedCell.record(base, truth, model: model, seed: 125)
    let honest = fit.predicting(other, found)
    #expect(try #require(honest.fittedStart).charge.magnitude < 2e-3)
    // The first row is under current: its voltage alone, 20 mV off, is what the start is told by.
    other.voltages[0] += 0.02
    let spoilt = fit.predicting(other, found)
    let start = try #require(spoilt.fittedStart)
    #expect(spoilt.voltageRMS > 3 * start.voltageRMS, "\(spoilt.voltageRMS)")
    #expect(start.charge < -5e-3 && start.reached == spoilt.rows.reached)
  }

  @Test("a band that holds anything is no explanation")
  func verdict() throws {
    let base = try SimulatedCell.base()
    let model = RunModel(.spme, thermal: .isothermal)
    let record = SimulatedCell.record(base, [0, 0, 0, 0, 0], model: model, seed: 126)
    var fit = CellIdentification(base, [.factor(.contactResistance)], [record], model: model)
    let attempt = fit.run(starts: 1, estimatesErrors: false)
    let found = try #require(attempt)
    #expect(PredictiveCheck(fit, found, record: 0).passes)
    for errors in [
      ErrorModel(noiseSD: 1e-3, discrepancySD: 0.05),
      // 5 % of charge at some 0.9 V a unit of it.
      ErrorModel(noiseSD: 1e-3, chargeSD: 0.05),
    ] {
      fit.records[0].voltageErrors = errors
      let check = PredictiveCheck(fit, found, record: 0)
      #expect(!check.passes && check.verdict.contains("does not explain"), "\(check.verdict)")
    }
  }
}
