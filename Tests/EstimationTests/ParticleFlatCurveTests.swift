import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Charges on a flat curve")
struct ParticleFlatCurveTests {
  @Test(
    "Only the particles' 90 % band holds a plateau's charge, until the curve bends and after"
  )
  func plateau() throws {
    let kinds = FilterKind.allCases
    let cell = try Cells.prada2013()
    var misses = Dictionary(uniqueKeysWithValues: kinds.map { ($0, 0) })
    var widest = 0.0
    var last = 1.0
    for (truth, seed) in [(0.64, UInt64(107)), (0.68, 108)] {
      var filters = try kinds.map { kind in
        var configuration = EstimatorConfiguration()
        configuration.filter = kind
        configuration.stateOfCharge = 0.5
        configuration.stateOfChargeSD = 0.2
        return try CellFilter(
          cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
      }
      var plant = try NoisyCell(cell, stateOfCharge: truth, seed: seed)
      for second in 0..<300 {
        // A minute of rest, then C/2: 13 % of the plateau, to where the curve bends.
        let results = try plant.second(second < 60 ? 0 : 1.15, &filters)
        guard [50, 180, 240, 299].contains(second) else { continue }
        let charge = plant.stateOfCharge
        for (kind, result) in zip(kinds, results) {
          let belief = result.belief.stateOfCharge
          let band =
            result.belief.stateOfChargeBand
            ?? Band(low: belief.mean - 1.645 * belief.sd, high: belief.mean + 1.645 * belief.sd)
          if charge < band.low || charge > band.high { misses[kind, default: 0] += 1 }
          guard kind == .particle else { continue }
          widest = max(widest, band.high - band.low)
          last = band.high - band.low
        }
      }
    }
    // Eight bands: of true 90 % ones that hang together in fours, one may miss.
    #expect(misses[.particle, default: 8] <= 1, "\(misses)")
    #expect(misses[.extended, default: 0] >= 3 && misses[.unscented, default: 0] >= 3, "\(misses)")
    #expect(widest > 0.15 && last < 0.03, "from \(widest) to \(last)")
  }

  @Test("Charges drawn from a wide prior lie in the 90 % band, at rest and under way")
  func drawn() throws {
    let cell = try Cells.prada2013()
    var misses = [0, 0]
    for seed in UInt64(131)..<143 {
      var configuration = EstimatorConfiguration()
      configuration.filter = .particle
      configuration.stateOfCharge = 0.5
      configuration.stateOfChargeSD = 0.2
      var random = RandomStream(seed: seed, stream: 1)
      // Of a discharge's plant that stays between its limits.
      let truth = min(max(0.5 + 0.2 * random.gaussian(), 0.1), 0.9)
      var filters = [
        try CellFilter(
          cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
      ]
      var plant = try NoisyCell(cell, stateOfCharge: truth, seed: seed)
      for second in 0..<240 {
        let results = try plant.second(second < 60 ? 0 : 1.15, &filters)
        guard second == 59 || second == 239 else { continue }
        let band = try #require(results[0].belief.stateOfChargeBand)
        let charge = plant.stateOfCharge
        if charge < band.low || charge > band.high { misses[second / 120] += 1 }
      }
      #expect(filters[0].restarts == 0)
    }
    // Binomial with 12 draws of 0.1: more than 4 come once in 230.
    #expect(misses[0] <= 4 && misses[1] <= 4, "\(misses)")
  }
}
