import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("A reference electrode in the separator")
struct ReferenceElectrodeTests {
  /// Voltage alone cannot tell an offset of the negative open-circuit potential from one of the positive: the
  /// separator potential keeps it. A reference electrode can.
  @Test(
    "It tells what the voltage cannot: the offset of the negative electrode",
    arguments: [false, true])
  func offset(isThere: Bool) throws {
    let nominal = try Cells.chen2020()
    let actual = nominal.offsettingOpenCircuitPotential(negative: 6e-3, positive: 6e-3)
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    configuration.negativeOffsetSD = 5e-3
    configuration.positiveOffsetSD = 5e-3
    configuration.separatorDiscrepancySD = 1e-3
    configuration.stateOfChargeSD = 0.005
    var filter = try CellFilter(
      cell: nominal, configuration: configuration, temperature: 298.15, thermometers: 1)
    var plant = try VirtualPlant(SPMePlant(actual), stateOfCharge: 0.5, seed: 107)
    var random = RandomStream(seed: 108)
    var error = 0.0
    var sd = 0.0
    for second in 0..<600 {
      let sample = try plant.second([-2.5, 0, 2.5, 0][second / 60 % 4])
      let potential = sample.truth.negativePotentialAtSeparator
      let result = try filter.assimilate(
        sample.input, at: sample.time, voltage: sample.voltage,
        thermometers: { _ in sample.surface },
        reference: isThere ? potential + 2e-3 * random.gaussian() : .nan)
      error = result.belief.negativePotentialAtSeparator.mean - potential
      sd = result.belief.negativePotentialAtSeparator.sd
    }
    if isThere {
      #expect(abs(error) < 1.5e-3 && sd < 2e-3, "\(error), sd \(sd)")
    } else {
      #expect(abs(error) > 2e-3 && sd > 2.5e-3, "\(error), sd \(sd)")
    }
    #expect(filter.faults.isEmpty)
  }
}
