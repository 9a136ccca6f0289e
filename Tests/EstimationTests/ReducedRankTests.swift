import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Unscented filter of reduced rank")
struct ReducedRankTests {
  @Test("Four directions of the model's own state give the bands of all thirty-five to 1 %")
  func bands() throws {
    let cell = try Cells.chen2020()
    var filters = try [EstimatorConfiguration().physicalRank, 99].map { rank in
      var configuration = EstimatorConfiguration()
      configuration.filter = .unscented
      configuration.physicalRank = rank
      configuration.stateOfCharge = 0.6
      return try CellFilter(
        cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
    }
    var plant = try VirtualPlant(SPMePlant(cell), stateOfCharge: 0.5, seed: 101)
    for second in 0..<900 {
      let current = [-5, 2.5, 0, -1.0][second / 60 % 4]
      let sample = try plant.second(current)
      let results = try filters.indices.map { try filters[$0].assimilate(sample) }
      let (reduced, whole) = (results[0].belief, results[1].belief)
      for quantity in [
        \CellBelief.stateOfCharge, \.temperature, \.negativePotentialAtSeparator,
        \.negativeSurfaceStoichiometry, \.voltage,
      ] {
        let (a, b) = (reduced[keyPath: quantity], whole[keyPath: quantity])
        #expect(abs(a.sd / b.sd - 1) < 0.01)
        #expect(abs(a.mean - b.mean) < 0.01 * b.sd)
      }
    }
  }
}
