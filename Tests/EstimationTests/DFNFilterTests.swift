import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("A filter that carries the DFN")
struct DFNFilterTests {
  private func filter(_ model: FilterModel, believed: Double, sd: Double) throws -> CellFilter {
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    configuration.model = model
    configuration.stateOfCharge = believed
    configuration.stateOfChargeSD = sd
    return try CellFilter(
      cell: try Cells.chen2020(), configuration: configuration, temperature: 298.15,
      thermometers: 1)
  }

  @Test("A charge believed 30 % wrong is within 2 % after 200 s of C/2")
  func wrongStart() throws {
    var filter = try filter(.dfn, believed: 0.8, sd: 0.3)
    var plant = try VirtualPlant(DFNPlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 102)
    var last = Assimilation()
    var truth = 0.0
    for _ in 0..<200 {
      let sample = try plant.second(2.5)
      last = try filter.assimilate(sample)
      truth = sample.truth.stateOfCharge
    }
    let error = last.belief.stateOfCharge.mean - truth
    #expect(abs(error) < 0.02 && abs(error) < 4 * last.belief.stateOfCharge.sd)
    #expect(filter.restarts == 0 && filter.faults.isEmpty)
  }

  /// The SPMe takes the reaction as even over the electrode: at 1.2C it is off by more than the DFN at any time.
  @Test(
    "On a DFN's charge at 1.2C it knows the separator potential to 2 mV, which an SPMe does not")
  func separatorPotential() throws {
    let cell = try Cells.chen2020()
    var worst = [FilterModel: Double]()
    for model in FilterModel.allCases {
      var filter = try filter(model, believed: 0.2, sd: 0.02)
      var plant = try VirtualPlant(DFNPlant(cell), stateOfCharge: 0.2, seed: 103)
      for second in 0..<900 {
        let sample = try plant.second(6)
        let potential = try filter.assimilate(sample).belief.negativePotentialAtSeparator
        guard second >= 300 else { continue }
        let error = abs(potential.mean - sample.truth.negativePotentialAtSeparator)
        worst[model] = max(worst[model] ?? 0, error)
      }
    }
    let (dfn, spme) = (try #require(worst[.dfn]), try #require(worst[.spme]))
    #expect(dfn < 2e-3, "\(dfn) V")
    #expect(spme > 2 * dfn, "\(spme) V")
  }

  @Test("It has no derivatives: an extended filter of it is refused in one line")
  func refused() throws {
    var configuration = EstimatorConfiguration()
    configuration.model = .dfn
    #expect(throws: EstimationError.self) {
      try CellFilter(
        cell: try Cells.chen2020(), configuration: configuration, temperature: 298.15,
        thermometers: 0)
    }
  }
}
