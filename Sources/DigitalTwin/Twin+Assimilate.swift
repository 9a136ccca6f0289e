import Estimation
public import Quantities
public import Records

extension Twin {
  /// Takes one sample in: moves to its time under its current, then compares.
  ///
  /// Readings that are not good are skipped. Without a good current the last one is held; without a
  /// good ambient temperature the last one, else the surface's, else the configuration's.
  /// - Throws: `EstimationError` or `TwinError`, one line; the next sample may be tried.
  public func assimilate(_ sample: Sample) throws -> Estimate {
    guard let current = sample.current.valid?.value ?? lastInput?.current else {
      throw TwinError("twin: scan \(sample.scan) has no current reading, and none came before")
    }
    let celsius = sample.ambient.valid ?? sample.surfaceMean ?? configuration.ambient
    let ambient =
      sample.ambient.valid == nil
      ? lastInput?.ambient ?? celsius.value + 273.15
      : celsius.value + 273.15
    let input = CellInput(current: current, ambient: ambient)
    if filter == nil {
      filter = try CellFilter(
        cell: cell, configuration: configuration.estimator,
        temperature: sample.surfaceMean.map { $0.value + 273.15 } ?? ambient,
        thermometers: sample.surfaceCount)
    }
    lastInput = input
    guard
      let result = try filter?.assimilate(
        input, at: sample.time.value, voltage: sample.cellVoltage.valid?.value ?? .nan,
        thermometers: { number in
          sample.surface[number].valid.map { $0.value + 273.15 } ?? .nan
        })
    else { throw TwinError("twin: no filter") }
    innovations.add(result.voltage)
    lastAssimilation = result
    return Estimate(result, scan: sample.scan, time: sample.time.value)
  }
}
