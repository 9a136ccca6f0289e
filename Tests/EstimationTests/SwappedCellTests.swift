import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Another cell on the bench than the one that is known")
struct SwappedCellTests {
  /// An hour of pulses on a cell that is believed to be one that was followed before.
  private func follow(_ factors: [ParameterName: Double], ohms: Double, seed: UInt64) throws
    -> (filter: CellFilter, meanSquare: Double)
  {
    let nominal = try Cells.chen2020()
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    // What earlier records left.
    for index in configuration.parameters.indices { configuration.parameters[index].logSD = 0.02 }
    configuration.contactResistanceSD = 3e-4
    configuration.negativeOffsetSD = 5e-4
    configuration.positiveOffsetSD = 5e-4
    configuration.balanceSD = 5e-4
    configuration.stateOfChargeSD = 0.005
    var filter = try CellFilter(
      cell: nominal, configuration: configuration, temperature: 298.15, thermometers: 1)
    let actual = nominal.scaled(factors).withContactResistance(nominal.contactResistance + ohms)
    var plant = try VirtualPlant(SPMePlant(actual), stateOfCharge: 0.5, seed: seed)
    var innovations = InnovationStatistics()
    for second in 0..<3600 {
      let sample = try plant.second([-5, 0, 2.5, 0][second / 120 % 4])
      innovations.add(try filter.assimilate(sample).voltage)
    }
    return (filter, innovations.meanNormalisedSquare)
  }

  @Test("A swapped cell is told: a fault or a restart, and innovations larger than they may be")
  func swapped() throws {
    let known = try follow([:], ohms: 0, seed: 109)
    #expect(known.filter.faults.isEmpty && known.filter.restarts == 0)
    #expect(known.meanSquare > 0.9 && known.meanSquare < 1.1)
    // Of the same type, worn: an eighth of the negative electrode is gone, and 10 mOhm are added.
    let other = try follow([.negativeActiveFraction: 0.88], ohms: 10e-3, seed: 110)
    #expect(!other.filter.faults.isEmpty || other.filter.restarts > 0)
    #expect(other.meanSquare > 1.3, "\(other.meanSquare)")
  }
}
