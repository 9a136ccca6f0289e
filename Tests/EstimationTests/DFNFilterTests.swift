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

  /// A charge, in which the state has moved in a few directions and readings have narrowed it in others.
  @Test("Detached in the middle of a charge it believes what it did, and believes it further on")
  func detached() throws {
    var filter = try filter(.dfn, believed: 0.2, sd: 0.02)
    var plant = try VirtualPlant(DFNPlant(try Cells.chen2020()), stateOfCharge: 0.2, seed: 104)
    for _ in 0..<120 { _ = try filter.assimilate(try plant.second(5)) }
    var copy = try filter.detached()
    func compare(_ one: CellBelief, _ other: CellBelief) {
      for path in [
        \CellBelief.voltage, \.temperature, \.stateOfCharge, \.negativePotentialAtSeparator,
      ] {
        let (a, b) = (one[keyPath: path], other[keyPath: path])
        #expect(abs(a.mean - b.mean) < 1e-3 * a.sd, "\(path): \(a), \(b)")
        #expect(abs(b.sd / a.sd - 1) < 1e-3, "\(path): \(a), \(b)")
      }
    }
    for current in [0.0, 5] {
      let input = CellInput(current: current, ambient: 298.15)
      compare(try filter.belief(input), try copy.belief(input))
    }
    for _ in 0..<10 {
      let sample = try plant.second(5)
      compare(try filter.assimilate(sample).belief, try copy.assimilate(sample).belief)
    }
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
