import DigitalTwin
import Electrochemistry
import Estimation
import Kernels
import Protocols
import Quantities
import Testing

@Suite("Prediction of a protocol")
struct EnsemblePredictionTests {
  private static let steps = [
    "Charge at 1C until 4.1 V", "Hold at 4.1 V until C/5", "Rest for 10 minutes",
    "Discharge at C/2 for 20 minutes",
  ]

  /// A cell of the prior, stepped by hand every 5 s: nothing of the ensemble's own machinery. The voltage that
  /// the model does not explain wanders as the filter believes.
  private struct DrawnCell {
    static let step = 5.0
    let model: SPMe
    let workspace: SPMeWorkspace
    var state: [Double]
    let c: EstimatorConfiguration
    let scale: Double
    let offset: Double
    let resistance: Double
    let negativeOffset: Double
    let positiveOffset: Double
    let separatorError: Double
    let ambient: Double
    let heating: Double
    var discrepancy: Double
    var random: RandomStream

    init(_ cell: CellParameters, _ c: EstimatorConfiguration, seed: UInt64) {
      var random = RandomStream(seed: seed, stream: 5)
      var factors: [ParameterName: Double] = [:]
      for parameter in c.parameters {
        factors[parameter.name] = Double.exponential(parameter.logSD * random.gaussian())
      }
      model = SPMe(cell.scaled(factors), mesh: c.mesh, thermal: .lumped)
      workspace = model.makeWorkspace()
      state = model.rest(
        stateOfCharge: c.stateOfCharge + c.stateOfChargeSD * random.gaussian(),
        temperature: 298.15 + c.temperatureSD * random.gaussian())
      let balance = c.balanceSD * random.gaussian()
      for index in model.layout.positiveParticle { state[index] += balance }
      self.c = c
      scale = 1 + c.currentScaleSD * random.gaussian()
      offset = c.currentOffsetSD * random.gaussian()
      resistance = c.contactResistanceSD * random.gaussian()
      negativeOffset = c.negativeOffsetSD * random.gaussian()
      positiveOffset = c.positiveOffsetSD * random.gaussian()
      separatorError = c.separatorDiscrepancySD * random.gaussian()
      ambient = 298.15 - c.ambientOffsetSD * random.gaussian()
      heating = 1 / cell.heatCapacity
      discrepancy = c.discrepancySD * random.gaussian()
      self.random = random
    }

    func shows(_ current: Double) throws -> (voltage: Double, y: CellOutputs) {
      let y = try model.outputs(state, current: current, ambient: ambient)
      return (
        y.voltage + positiveOffset - negativeOffset + discrepancy + current * resistance, y
      )
    }

    mutating func move(_ current: Double) throws {
      try model.step(
        &state, current: current, ambient: ambient, duration: Self.step, workspace: workspace)
      state[model.layout.temperature] += resistance * heating * current * current * Self.step
      let retention = Double.exponential(-Self.step / c.discrepancyTime)
      discrepancy =
        retention * discrepancy
        + c.discrepancySD * (1 - retention * retention).squareRoot() * random.gaussian()
    }

    /// The protocol, up to `time`: what the cell shows then.
    mutating func run(to time: Double) throws -> (voltage: Double, y: CellOutputs) {
      func real(_ reading: Double) -> Double { (reading - offset) / scale }
      var now = 0.0
      var current = real(5)
      var part = 0
      var since = 0.0
      while now < time {
        if part == 0, try shows(current).voltage >= 4.1 { part = 1 }
        if part == 1 {
          current = try holding(from: current)
          if current <= 1 { (part, since) = (2, now) }
        }
        if part == 2 {
          current = 0
          if now - since >= 600 { (part, since) = (3, now) }
        }
        if part == 3 {
          current = now - since >= 1200 ? 0 : real(-2.5)
        }
        try move(current)
        now += Self.step
      }
      return try shows(part == 1 ? holding(from: current) : current)
    }

    /// The current at which the cell shows 4.1 V; the voltage is nearly linear in it.
    private func holding(from guess: Double) throws -> Double {
      var current = guess
      for _ in 0..<4 {
        let slope = (try shows(current + 0.1).voltage - (try shows(current).voltage)) / 0.1
        current += (4.1 - (try shows(current).voltage)) / slope
      }
      return current
    }
  }

  @Test(
    "Of 400 drawn cells 95 % lie in the 95 % band, at an instant each, of voltage, temperature, charge and separator potential"
  )
  func coverage() throws {
    let cell = try Fixtures.chen2020()
    var c = EstimatorConfiguration()
    c.stateOfCharge = 0.4
    c.stateOfChargeSD = 0.02
    let prediction = try EnsemblePrediction(
      cell: cell, configuration: c,
      protocol: try Self.steps.map { try ProtocolStep(parsing: $0, grammar: .simulation) },
      temperature: 298.15, ambient: 298.15, duration: 5400, period: 30)
    #expect(prediction.count == EnsemblePrediction.draws && prediction.cutOffs == 0)
    var random = RandomStream(seed: 101)
    var inside = [0, 0, 0, 0]
    let count = 400
    for number in 0..<count {
      var drawn = DrawnCell(cell, c, seed: 1000 + UInt64(number))
      let row = 1 + Int(random.uniform() * 179)
      let (voltage, y) = try drawn.run(to: prediction.times[row])
      let separator =
        y.negativePotentialAtSeparator + drawn.negativeOffset + drawn.separatorError
      for (place, (truth, quantity)) in [
        (voltage, EnsemblePrediction.Quantity.voltage), (y.temperature, .temperature),
        (y.stateOfCharge, .stateOfCharge), (separator, .negativePotentialAtSeparator),
      ].enumerated() {
        let band = prediction.band(quantity, row: row)
        // A held voltage has no width: a microvolt either side is the solver's rounding, ten the hand's.
        if truth >= band.low - 1e-5, truth <= band.high + 1e-5 { inside[place] += 1 }
      }
    }
    // Wilson's interval of the share at 99.7 % must hold 0.95; sd of the share 0.011.
    for share in inside.map({ Double($0) / Double(count) }) {
      #expect(share > 0.917 && share < 0.9775, "\(inside)")
    }
  }

  @Test("Each draw ends its steps itself: the times of the ends spread, in the order of the steps")
  func ends() throws {
    var c = EstimatorConfiguration()
    c.stateOfCharge = 0.4
    c.stateOfChargeSD = 0.02
    let prediction = try EnsemblePrediction(
      cell: try Fixtures.chen2020(), configuration: c,
      protocol: try Self.steps.map { try ProtocolStep(parsing: $0, grammar: .simulation) },
      temperature: 298.15, ambient: 298.15, duration: 5400, period: 60, draws: 64)
    let ends = prediction.steps.map(\.crossing)
    #expect(ends.allSatisfy { $0.probability == 1 })
    let first = try #require(ends[0].median)
    let early = try #require(ends[0].earliest)
    let late = try #require(ends[0].latest)
    #expect(early < first - 30 && late > first + 30)
    // The same limit, found from the rows.
    let crossing = prediction.crossing(of: .voltage, limit: 4.1, rising: true)
    #expect(crossing.probability == 1)
    #expect(abs(try #require(crossing.median) - first) < 60)
    for (before, after) in zip(ends, ends.dropFirst()) {
      #expect(try #require(before.median) < (try #require(after.median)))
    }
    // Ten minutes of rest are ten minutes in every draw.
    let rest = try #require(ends[2].median) - (try #require(ends[1].median))
    #expect(abs(rest - 600) < 1)
    #expect(
      prediction.crossing(of: .negativePotentialAtSeparator, limit: -0.2, rising: false)
        .probability == 0)
  }

  @Test(
    "Without any doubt the ensemble is one cell: bands have no width, and the seed does not matter")
  func certain() throws {
    var c = EstimatorConfiguration()
    c.stateOfCharge = 0.5
    for index in c.parameters.indices { c.parameters[index].logSD = 0 }
    c.stateOfChargeSD = 0
    c.balanceSD = 0
    c.temperatureSD = 0
    c.contactResistanceSD = 0
    c.negativeOffsetSD = 0
    c.positiveOffsetSD = 0
    c.discrepancySD = 0
    c.separatorDiscrepancySD = 0
    c.currentOffsetSD = 0
    c.currentScaleSD = 0
    c.ambientOffsetSD = 0
    let cell = try Fixtures.chen2020()
    let step = try ProtocolStep(parsing: "Discharge at 1C for 10 minutes", grammar: .simulation)
    let predictions = try [1, 2].map {
      try EnsemblePrediction(
        cell: cell, configuration: c, protocol: [step], temperature: 298.15, ambient: 298.15,
        duration: 600, period: 60, draws: 8, seed: $0)
    }
    // The plain model is the oracle.
    let model = SPMe(cell, mesh: c.mesh, thermal: .lumped)
    var state = model.rest(stateOfCharge: 0.5, temperature: 298.15)
    let workspace = model.makeWorkspace()
    for _ in 0..<540 {
      try model.step(&state, current: -5, ambient: 298.15, duration: 1, workspace: workspace)
    }
    let truth = try model.outputs(state, current: -5, ambient: 298.15).voltage
    for prediction in predictions {
      let band = prediction.band(.voltage, row: 9)
      #expect(band.high - band.low < 1e-9)
      #expect(abs(band.median - truth) < 2e-4)
    }
  }

  @Test("Draws that leave the model's range are an error once they are more than one in twenty")
  func beyond() throws {
    var c = EstimatorConfiguration()
    c.stateOfCharge = 0.02
    c.stateOfChargeSD = 0.5
    #expect(throws: EstimationError.self) {
      try EnsemblePrediction(
        cell: try Fixtures.chen2020(), configuration: c,
        protocol: [try ProtocolStep(parsing: "Rest for 1 minute", grammar: .simulation)],
        temperature: 298.15, ambient: 298.15, duration: 60, period: 60, draws: 40)
    }
  }
}
