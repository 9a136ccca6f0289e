import Electrochemistry
import Excitation
import Identification
import Kernels
import Profiles
import Protocols
import Quantities
import Simulation
import Testing

/// Excitations: within every limit, better than what labs run, the same for the same seed.
struct DesignLaws {
  static func problem(_ criterion: DesignCriterion = .trace) throws -> DesignProblem {
    let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let cell = try CellFile.load("/\(path)/profiles/cells/chen2020.json")
      .withContactResistance(0.01)
    let parameters: [IdentifiedParameter] = [
      .factor(.negativeDiffusivity), .factor(.negativeReactionRateConstant),
      .factor(.contactResistance),
    ]
    return DesignProblem(
      cell: cell, reference: cell, parameters: parameters,
      covariance: DesignProblem.belief(parameters, sd: 0.2),
      limits: ExcitationLimits(voltage: 2.5...4.2, current: -5...5), timing: ActuationTiming(),
      voltageErrors: ErrorModel(noiseSD: 1e-3, discrepancySD: 1e-3),
      temperatureErrors: ErrorModel(noiseSD: 0.1, discrepancySD: 0.2), stateOfCharge: 0.5,
      stateOfChargeSD: 0.01, ambient: 298.15, criterion: criterion, duration: 1200)
  }

  static func result(_ problem: DesignProblem, budget: Int = 600) throws -> DesignResult {
    var design = ExcitationDesign(problem)
    design.budget = budget
    return try #require(design.run())
  }

  @Test(
    "within voltage, current, temperature and plating margin, with what a design keeps to spare"
  )
  func limits() throws {
    try hold(3.5...3.9, margin: 0.05)
    try hold(3.55...3.8, margin: nil)
  }

  private func hold(_ voltage: ClosedRange<Double>, margin: Double?) throws {
    var problem = try Self.problem()
    (problem.limits.voltage, problem.limits.platingMargin) = (voltage, margin)
    let result = try Self.result(problem)
    let e = result.evaluation
    #expect(e.isFeasible)
    for i in e.times.indices {
      #expect(e.run.voltages[i] + problem.safety * e.voltageSDs[i] <= voltage.upperBound)
      #expect(e.run.voltages[i] - problem.safety * e.voltageSDs[i] >= voltage.lowerBound)
    }
    // Cells that are off by the belief's standard deviation keep them, too, on another mesh.
    let record = result.plan.record(problem.timing, ambient: problem.ambient)
    let times = (1...1199).map { Double($0) + 0.5 }
    for name in [
      ParameterName.negativeDiffusivity, .negativeReactionRateConstant, .contactResistance,
    ] {
      for factor in [0.82, 1.22] {
        let run = RunModel(.spme, mesh: .standard).run(
          problem.cell.scaled([name: factor]), record, from: 0.5, outputTimes: times,
          parameters: [], reference: problem.reference, slopes: false)
        #expect(run.reached == times.count)
        #expect(run.voltages.allSatisfy { voltage.contains($0) }, "\(name) x \(factor)")
      }
    }
    #expect(result.plan.segments.allSatisfy { (-5...5).contains($0.current) })
    #expect((result.plan.duration - 1200).magnitude < 1e-6)
    #expect(result.plan.segments.allSatisfy { $0.duration >= problem.timing.dwell })
    // On the supply's grid.
    #expect(
      result.plan.segments.allSatisfy {
        (($0.current / 0.01).rounded() * 0.01 - $0.current).magnitude < 1e-9
      })
  }

  @Test(
    "every criterion's own design is the best by it, and all beat the excitations that labs run")
  func criteria() throws {
    let results = try DesignCriterion.allCases.filter { $0 != .condition }.map {
      try Self.result(Self.problem($0))
    }
    for result in results {
      for other in result.comparisons {
        #expect(result.evaluation.value > other.value, "\(other.name)")
      }
    }
    let trace = results[1]
    let best = try #require(
      trace.comparisons.map { $0.sds.reduce(0) { $0 + $1 * $1 }.squareRoot() }.min())
    let own = trace.sds.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(best / own > 1.5, "\(best / own)")
  }

  @Test(
    "a cell with a contact resistance 2.6 standard deviations off stays below the temperature, too")
  func heat() throws {
    var problem = try Self.problem()
    problem.limits.temperature = 273.15...(problem.ambient + 2)
    problem.limits.platingMargin = nil
    let plan = ExcitationPlan(
      (0..<20).map { .init(current: $0.isMultiple(of: 2) ? 5 : -5, duration: 60) })
    let found = try #require(ExcitationDesign(problem).largest("square", plan))
    #expect(found.scale < 1)
    let hottest = try #require(found.candidate.evaluation.run.temperatures.max())
    // It is what limits.
    #expect(found.candidate.evaluation.tightest == "temperature" && hottest > problem.ambient + 1)
    let record = found.candidate.plan.record(problem.timing, ambient: problem.ambient)
    let run = RunModel(.spme, mesh: .standard).run(
      problem.cell.scaled([.contactResistance: Double.exponential(2.6 * 0.2)]), record, from: 0.5,
      outputTimes: (1...1199).map { Double($0) + 0.5 }, parameters: [],
      reference: problem.reference, slopes: false)
    #expect(try #require(run.temperatures.max()) <= problem.ambient + 2)
  }

  @Test(
    "the largest currents of a plan come to a limit with their band, and not past it",
    arguments: [
      5.0, -5,
    ])
  func largest(current: Double) throws {
    var problem = try Self.problem()
    problem.limits.voltage = 3.6...3.8
    problem.limits.platingMargin = nil
    let plan = ExcitationPlan([
      .init(current: current, duration: 60), .init(current: 0, duration: 60),
    ])
    let found = try #require(ExcitationDesign(problem).largest("pulse", plan))
    #expect(found.scale < 1 && found.scale > 0)
    let e = found.candidate.evaluation
    let bands = zip(e.run.voltages, e.voltageSDs)
    let z = problem.safety
    let left =
      current > 0
      ? 3.8 - (bands.map { $0 + z * $1 }.max() ?? 0) : (bands.map { $0 - z * $1 }.min() ?? 0) - 3.6
    // A hundredth of 5 A through 60 mOhm.
    #expect((0...3e-3).contains(left), "\(left) V")
  }

  @Test("a plan's steps are what their text says")
  func steps() throws {
    let problem = try Self.problem()
    let plan = try Self.result(problem, budget: 200).plan
    let steps = plan.steps(problem.limits)
    #expect(steps.count == plan.segments.count && !steps.isEmpty)
    for (step, segment) in zip(steps, plan.segments) {
      let read = try ProtocolStep(parsing: step.text)
      #expect(read.mode == step.mode && Set(read.ends) == Set(step.ends), "\(step.text)")
      #expect(((step.duration?.value ?? 0) - segment.duration).magnitude <= 0.0501)
    }
  }

  @Test("the cycle beside it holds a voltage: its current falls while it charges")
  func cycle() throws {
    var problem = try Self.problem()
    problem.duration = 7200
    let cycle = try #require(ExcitationDesign(problem).rivals.first { $0.name == "CCCV" })
    let charging = cycle.plan.segments.prefix { $0.current > 0 }.map(\.current)
    #expect(charging.count > 10)
    #expect(zip(charging, charging.dropFirst()).allSatisfy { $0 >= $1 })
    #expect((cycle.plan.duration - 7200).magnitude < 1e-6)
  }

  @Test("the same seed designs the same, and a cell that stands at its limits gets nothing")
  func repeats() throws {
    let problem = try Self.problem()
    #expect(try Self.result(problem, budget: 200).plan == Self.result(problem, budget: 200).plan)
    var full = problem
    full.stateOfCharge = 0.99
    full.limits.voltage = 2.5...4.0
    #expect(ExcitationDesign(full).run() == nil)
  }
}
