import DigitalTwin
import Electrochemistry
import Estimation
import Kernels
import Quantities
import Testing

@Suite("Prediction with bands")
struct CellPredictionTests {
  /// A cell of the prior: everything that the prediction calls uncertain is drawn.
  private struct DrawnCell {
    let model: SPMe
    let workspace: SPMeWorkspace
    var state: [Double]
    let configuration: EstimatorConfiguration
    let current: Double
    let resistance: Double
    let offset: Double
    let negativeOffset: Double
    let discrepancy: Double
    let separatorError: Double
    let ambient: Double
    let heating: Double

    init(
      _ cell: CellParameters, _ c: EstimatorConfiguration, current reading: Double,
      ambient celsius: Double, _ random: inout RandomStream
    ) {
      var factors: [ParameterName: Double] = [:]
      for parameter in c.parameters {
        factors[parameter.name] = Double.exponential(parameter.logSD * random.gaussian())
      }
      model = SPMe(cell.scaled(factors), mesh: c.mesh, thermal: .lumped)
      workspace = model.makeWorkspace()
      let soc = c.stateOfCharge + c.stateOfChargeSD * random.gaussian()
      state = model.rest(
        stateOfCharge: soc, temperature: celsius + 273.15 + c.temperatureSD * random.gaussian())
      let balance = c.balanceSD * random.gaussian()
      for index in model.layout.positiveParticle { state[index] += balance }
      configuration = c
      current =
        (reading - c.currentOffsetSD * random.gaussian())
        / (1 + c.currentScaleSD * random.gaussian())
      resistance = c.contactResistanceSD * random.gaussian()
      negativeOffset = c.negativeOffsetSD * random.gaussian()
      offset = c.positiveOffsetSD * random.gaussian() - negativeOffset
      discrepancy = c.discrepancySD * random.gaussian()
      separatorError = c.separatorDiscrepancySD * random.gaussian()
      ambient = celsius + 273.15 - c.ambientOffsetSD * random.gaussian()
      heating = 1 / cell.heatCapacity
    }

    mutating func run(to time: Double) throws -> (voltage: Double, y: CellOutputs) {
      let steps = Int(time / 10)
      for _ in 0..<steps {
        try model.step(
          &state, current: current, ambient: ambient, duration: 10, workspace: workspace)
        state[model.layout.temperature] += resistance * heating * current * current * 10
      }
      let y = try model.outputs(state, current: current, ambient: ambient)
      return (y.voltage + offset + discrepancy + current * resistance, y)
    }
  }

  @Test(
    "Of 400 cells drawn from what is uncertain 95 % lie in the 95 % band, at an instant each, of voltage, temperature, charge and separator potential",
    arguments: [-2.5, 5])
  func coverage(current: Double) throws {
    let cell = try Fixtures.chen2020()
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    configuration.stateOfCharge = 0.5
    configuration.stateOfChargeSD = 0.02
    let prediction = try CellPrediction(
      cell: cell, configuration: configuration, current: current, temperature: 298.15,
      ambient: 298.15, duration: 900, period: 10)
    #expect(prediction.failure == nil && prediction.rows.count == 91)
    var random = RandomStream(seed: 101)
    var inside = [0, 0, 0, 0]
    let count = 400
    for _ in 0..<count {
      var drawn = DrawnCell(
        cell, configuration, current: current, ambient: 25, &random)
      let index = 1 + Int(random.uniform() * 89)
      let row = prediction.rows[index]
      let (voltage, y) = try drawn.run(to: row.time)
      let belief = row.belief
      let separator =
        y.negativePotentialAtSeparator + drawn.negativeOffset + drawn.separatorError
      for (place, (truth, band)) in [
        (voltage, belief.voltage), (y.temperature, belief.temperature),
        (y.stateOfCharge, belief.stateOfCharge), (separator, belief.negativePotentialAtSeparator),
      ].enumerated() where abs(truth - band.mean) <= CellPrediction.edge * band.sd {
        inside[place] += 1
      }
    }
    // Wilson's interval of the share at 99.7 % must hold 0.95; sd of the share 0.011.
    for share in inside.map({ Double($0) / Double(count) }) {
      #expect(share > 0.917 && share < 0.9775, "\(inside)")
    }
  }

  @Test(
    "A limit is met earlier by one edge of the band and later by the other, and where the mean says"
  )
  func crossing() throws {
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    configuration.stateOfCharge = 0.8
    configuration.stateOfChargeSD = 0.02
    let cell = try Fixtures.chen2020()
    let prediction = try CellPrediction(
      cell: cell, configuration: configuration, current: 5, temperature: 298.15, ambient: 298.15,
      duration: 1800, period: 30)
    let limit = cell.upperVoltageCutoff.value
    let crossing = prediction.crossing(of: { $0.voltage }, limit: limit, rising: true)
    let mean = try #require(crossing.mean)
    #expect(try #require(crossing.earliest) < mean)
    if let latest = crossing.latest { #expect(latest > mean) }
    let after = try #require(prediction.rows.first { $0.time >= mean })
    let before = try #require(prediction.rows.last { $0.time <= mean })
    #expect(before.belief.voltage.mean <= limit && after.belief.voltage.mean >= limit)
    #expect(
      prediction.crossing(of: { $0.stateOfCharge }, limit: 0.1, rising: false).earliest == nil)
  }

  @Test("A cell that is driven out of its model ends the rows and says when")
  func beyond() throws {
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    configuration.stateOfCharge = 0.05
    let prediction = try CellPrediction(
      cell: try Fixtures.chen2020(), configuration: configuration, current: -10,
      temperature: 298.15, ambient: 298.15, duration: 3600, period: 60)
    #expect(try #require(prediction.failure).contains(" s: "))
    #expect(prediction.rows.count < 60 && !prediction.rows.isEmpty)
  }
}
