import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Voltage and current of one sample, taken apart")
struct CurrentSkewTests {
  /// Where the voltage is read 50 ms before the current, every edge of 5 A is some 150 mV off.
  private func run(spread: Double, period: Double) throws -> (
    gated: Int, error: Double, filter: CellFilter
  ) {
    let cell = try Cells.chen2020()
    var configuration = EstimatorConfiguration()
    configuration.filter = .unscented
    configuration.skewSpread = spread
    var filter = try CellFilter(
      cell: cell, configuration: configuration, temperature: 298.15, thermometers: 0)
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let workspace = model.makeWorkspace()
    var state = model.rest(stateOfCharge: 0.5, temperature: 298.15)
    var random = RandomStream(seed: 106)
    var gated = 0
    let skew = 0.05
    func current(_ time: Double) -> Double { Int(time / 5).isMultiple(of: 2) ? 0 : -5 }
    for index in 0..<Int(600 / period) {
      // An edge falls between voltage and current of one sample in some of the plateaus.
      let time = Double(index) * period + 0.02
      let (early, late) = (current(time - skew), current(time))
      if index > 0 {
        try model.step(
          &state, current: late, ambient: 298.15, duration: period, workspace: workspace)
      }
      let voltage = try model.outputs(state, current: early, ambient: 298.15).voltage
      let result = try filter.assimilate(
        CellInput(current: late + 5e-3 * random.gaussian(), ambient: 298.15),
        at: Double(index) * period, voltage: voltage + 1e-3 * random.gaussian(),
        thermometers: { _ in .nan })
      if result.voltage.fate == .gated { gated += 1 }
    }
    let belief = try filter.belief(CellInput(current: 0, ambient: 298.15))
    let truth = try model.outputs(state, current: 0, ambient: 298.15).stateOfCharge
    return (gated, abs(belief.stateOfCharge.mean - truth), filter)
  }

  @Test(
    "Declared, the skew costs nothing but weight at the edges; undeclared, readings are thrown away",
    arguments: [0.01, 0.1, 1])
  func edges(period: Double) throws {
    let declared = try run(spread: 0.06, period: period)
    // Where samples are further apart than the skew, an edge between the two is an outlier still.
    if period < 0.05 { #expect(declared.gated == 0) }
    #expect(declared.error < 0.005)
    #expect(declared.filter.faults.isEmpty && declared.filter.restarts == 0)
    #expect(abs(declared.filter.contactResistance.mean) < 3 * declared.filter.contactResistance.sd)
    let undeclared = try run(spread: 0, period: period)
    #expect(undeclared.gated > 50, "an edge is an outlier: \(undeclared.gated)")
  }
}
