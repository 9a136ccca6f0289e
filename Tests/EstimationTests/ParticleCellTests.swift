import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Particle filter of a cell")
struct ParticleCellTests {
  @Test("Cells drawn from the prior lie in the 90 % band and as far off as the sd says")
  func coverage() throws {
    var configuration = EstimatorConfiguration()
    configuration.filter = .particle
    let cell = try Cells.chen2020()
    let count = 48
    var cells = DrawnCells(cell, configuration, count: count, seed: 105)
    var random = RandomStream(seed: 106)
    let instants = (0..<count).map { _ in 20 + Int(60 * random.uniform()) }
    var filters = try (0..<count).map { _ in
      try CellFilter(
        cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
    }
    var inside = 0
    var charge = 0.0
    var rates = 0.0
    for step in 0..<80 {
      let current = step / 12 % 2 == 0 ? -3.0 : 1.5
      let input = CellInput(current: current, ambient: 298.15)
      try cells.step(input, step > 0 ? 5 : nil)
      for index in 0..<count where step <= instants[index] {
        let surface = cells.thermometerReading(index)
        let result = try filters[index].assimilate(
          input, at: 5 * Double(step), voltage: cells.voltageReading(index),
          thermometers: { _ in surface })
        guard step == instants[index] else { continue }
        let belief = result.belief
        let band = try #require(belief.stateOfChargeBand)
        let truth = cells.output(index, .stateOfCharge)
        if truth > band.low, truth < band.high { inside += 1 }
        let error = (belief.stateOfCharge.mean - truth) / belief.stateOfCharge.sd
        charge += error * error
        let surfaceError =
          (belief.negativeSurfaceStoichiometry.mean
            - cells.output(index, .negativeSurfaceStoichiometry))
          / belief.negativeSurfaceStoichiometry.sd
        rates += surfaceError * surfaceError
      }
    }
    // Binomial with 48 draws of 0.9: fewer than 37 or more than 48 comes once in 200.
    #expect(inside >= 37, "\(inside) of \(count)")
    // Chi-square with 48 degrees of freedom, 0.1 % and 99.9 %, over 48.
    for square in [charge, rates] {
      #expect(square / Double(count) > 0.48 && square / Double(count) < 1.9, "\(square)")
    }
  }
}
