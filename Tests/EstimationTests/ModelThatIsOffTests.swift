import Electrochemistry
import Estimation
import Testing

@Suite("A model that is off by more than it says")
struct ModelThatIsOffTests {
  private func filter(_ configuration: EstimatorConfiguration) throws -> CellFilter {
    try CellFilter(
      cell: try Cells.chen2020(), configuration: configuration, temperature: 298.15,
      thermometers: 1)
  }

  private static func current(_ second: Int) -> Double { [-5, 0, 2.5, 0][second / 120 % 4] }

  @Test("Air that is said to be 17 K hotter than it is is named once, the right air never")
  func ambient() throws {
    for error in [0.0, 17] {
      var filter = try filter(.unfamiliarCell)
      var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 131)
      for second in 0..<1800 {
        var sample = try plant.second(Self.current(second))
        sample.input.ambient += error
        _ = try filter.assimilate(sample)
      }
      let named = filter.faults.filter {
        $0.channel == .thermometer(0) && $0.kind == .disagreement
      }
      #expect(named.count == (error == 0 ? 0 : 1), "\(filter.faults)")
    }
  }

  @Test("A thermometer that creeps away and stays there is named once")
  func once() throws {
    var filter = try filter(EstimatorConfiguration())
    var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 132)
    for second in 0..<3600 {
      var sample = try plant.second(Self.current(second))
      sample.surface += min(max(0, 0.02 * Double(second - 600)), 20)
      _ = try filter.assimilate(sample)
    }
    let named = filter.faults.filter { $0.channel == .thermometer(0) && $0.kind == .disagreement }
    // By the monitor of its innovations and by that of the ambient, once each.
    #expect((1...2).contains(named.count), "\(filter.faults)")
  }

  @Test("A cell that shows 60 mV more than it should is followed after a minute of nothing else")
  func patience() throws {
    for patience in [Double.infinity, 60] {
      var configuration = EstimatorConfiguration()
      (configuration.gatePatience, configuration.stateOfChargeSD) = (patience, 0.01)
      var filter = try filter(configuration)
      var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 133)
      var off: [Double] = []
      for second in 0..<600 {
        let sample = try plant.second(0)
        guard second % 60 == 0 else { continue }
        let voltage = sample.voltage + 60e-3
        let result = try filter.assimilate(
          sample.input, at: sample.time, voltage: voltage, thermometers: { _ in sample.surface })
        off.append(voltage - result.predictedVoltage.mean)
      }
      let last = try #require(off.last)
      #expect(filter.restarts == 0)
      // The third row and those after it.
      if patience == 60 { #expect(last < 15e-3, "\(off)") } else { #expect(last > 40e-3, "\(off)") }
    }
  }

  @Test("For the settling time after an edge no voltage is called faulty")
  func settling() throws {
    for settling in [0.0, 30] {
      var configuration = EstimatorConfiguration()
      configuration.settlingTime = settling
      var filter = try filter(configuration)
      var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 134)
      let edge = 600
      for second in 0..<720 {
        var sample = try plant.second(Self.current(second))
        if second >= edge + 5 { sample.voltage += 15e-3 }
        _ = try filter.assimilate(sample)
      }
      let early = filter.faults.filter { $0.channel == .voltage && $0.found < Double(edge) + 30 }
      #expect(early.isEmpty == (settling > 0), "\(filter.faults)")
    }
  }
}
