import Electrochemistry
import Kernels

extension RunModel {
  /// K; what is shown is smooth in it, and rounding is far below.
  private static let ambientStep = 0.25

  /// Slopes by the ambient temperature, central differences: two runs of values alone. An isothermal model
  /// moves with it whole, a cell that heats itself towards it.
  func differentiateAmbient(
    _ cell: CellParameters, _ record: CurrentRecord, _ start: RunStart, _ outputTimes: [Double],
    direction k: Int, into run: inout ModelRun
  ) {
    func moved(_ step: Double) -> ModelRun {
      values(cell, record.inAir(warmerBy: step), start, outputTimes)
    }
    let (up, down) = (moved(Self.ambientStep), moved(-Self.ambientStep))
    run.reached = min(run.reached, up.reached, down.reached)
    let width = 2 * Self.ambientStep
    for row in 0..<run.reached {
      let at = row * run.directions + k
      run.voltageSlopes[at] = (up.voltages[row] - down.voltages[row]) / width
      run.temperatureSlopes[at] = (up.temperatures[row] - down.temperatures[row]) / width
      run.separatorSlopes[at] =
        (up.separatorPotentials[row] - down.separatorPotentials[row]) / width
    }
  }
}
