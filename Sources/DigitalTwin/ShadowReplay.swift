public import Electrochemistry
public import Estimation
public import Records

/// The digital shadow on a record: assimilates row after row, decides nothing.
///
/// The current moves linearly between rows, as the record's samples of a smooth quantity; a row's
/// voltage is compared under that row's current. Gaps are split into steps of at most
/// `EstimatorConfiguration.longestStep`.
public struct ShadowReplay {
  /// Time between two frozen copies, and how long each predicts, s.
  public static let openLoopPeriod = 600.0

  /// Rows in a row that a model may be unable to follow.
  private static let mostSkipped = 200

  /// The record.
  public let record: BatteryDataTable
  /// After this time, s, the filter only predicts; nil: never.
  public let freezeAt: Double?
  /// Ambient temperature, K, where the record has none.
  public let ambient: Double
  var filter: CellFilter

  /// A shadow of `cell` over `record`.
  /// - Parameters:
  ///   - ambient: K; nil takes the record's ambient column, or 298.15 K where it has none.
  ///   - freezeAt: s, on the record's clock.
  public init(
    _ record: BatteryDataTable, cell: CellParameters, configuration: EstimatorConfiguration,
    ambient: Double?, freezeAt: Double?
  ) throws {
    self.record = record
    self.freezeAt = freezeAt
    self.ambient = ambient ?? 298.15
    readsAmbient = ambient == nil && record.ambientTemperature != nil
    let first = record.surfaceTemperature?.first.map { $0 + 273.15 }
    filter = try CellFilter(
      cell: cell, configuration: configuration, temperature: first ?? self.ambient,
      thermometers: record.surfaceTemperature == nil ? 0 : 1)
  }

  private let readsAmbient: Bool

  /// What is believed of the cell's constants now.
  public var constants: ConstantsBelief { filter.constants }

  /// Runs to the end. Rows that the model cannot follow are left out; it ends where the first or
  /// `mostSkipped` in a row are such.
  /// - Parameter row: takes each row.
  /// - Returns: the summary of the rows written, and why it ended early, if it did.
  public mutating func run(
    _ row: (ShadowRow) throws -> Void
  ) throws -> (summary: ShadowSummary, failure: String?) {
    var summary = ShadowSummary()
    var frozen: CellFilter?
    var frozenAt = record.time[0]
    var charge = 0.0
    var skipped = 0
    for index in 0..<record.count {
      let time = record.time[index]
      if index > 0 {
        let mean = 0.5 * (record.current[index - 1] + record.current[index])
        charge += mean * (time - record.time[index - 1]) / 3600
      }
      let input = input(index)
      let assimilates = freezeAt.map { time <= $0 } ?? true
      do {
        if assimilates, frozen != nil {
          try frozen?.predict(input, to: time)
          let voltage = try frozen?.belief(input).voltage ?? .unknown
          add(voltage.mean - record.voltage[index], to: &summary)
          if time - frozenAt >= Self.openLoopPeriod {
            let noise = filter.configuration.voltageNoise
            summary.forecasts.append(
              ShadowForecast(
                from: frozenAt, to: time,
                voltage: Normal(
                  voltage.mean, sd: (voltage.sd * voltage.sd + noise * noise).squareRoot()),
                measured: record.voltage[index]))
          }
        }
        let result = try step(index, input, assimilates: assimilates)
        if !assimilates { add(result.predictedVoltage.mean - record.voltage[index], to: &summary) }
        if assimilates, freezeAt == nil, time - frozenAt >= Self.openLoopPeriod {
          frozen = filter
          frozenAt = time
        }
        if assimilates { summary.innovations.add(result.voltage) }
        skipped = 0
        summary.rows += 1
        summary.duration = time - record.time[0]
        summary.stateOfCharge = result.belief.stateOfCharge
        summary.restarts = filter.restarts
        summary.faults = filter.faults
        try row(
          ShadowRow(
            recordIndex: index + 1, timeText: record.timeText[index],
            current: record.current[index], netCapacity: charge, voltage: result.predictedVoltage,
            innovation: record.voltage[index] - result.predictedVoltage.mean,
            fate: result.voltage.fate, belief: result.belief, restarted: result.restarted))
      } catch let error as EstimationError {
        let line = "row \(index + 1), \(record.timeText[index]) s: \(error)"
        guard summary.rows > 0, skipped < Self.mostSkipped else { return (summary, line) }
        // The model cannot carry this current from where it stands; the cell could.
        skipped += 1
        filter.skip(to: time, current: record.current[index])
        frozen = nil
        summary.skippedRows += 1
        summary.firstSkipped = summary.firstSkipped ?? line
      }
    }
    return (summary, nil)
  }

  private func input(_ index: Int) -> CellInput {
    let column = readsAmbient ? record.ambientTemperature?[index] : nil
    return CellInput(
      current: record.current[index], currentAtStart: index > 0 ? record.current[index - 1] : nil,
      ambient: column.map { $0 + 273.15 } ?? ambient)
  }

  private func add(_ error: Double, to summary: inout ShadowSummary) {
    summary.openLoopSquares += error * error
    summary.openLoopRows += 1
  }

  /// One row; an error that lasts makes the filter restart, and only if that fails too it is final.
  private mutating func step(
    _ index: Int, _ input: CellInput, assimilates: Bool
  ) throws(EstimationError) -> Assimilation {
    let surface = record.surfaceTemperature?[index]
    var lastError: EstimationError?
    // Three errors make a rested restart; four of those in a row go as far off the ends as they can.
    for _ in 0..<13 {
      do {
        return try filter.assimilate(
          input, at: record.time[index],
          voltage: assimilates ? record.voltage[index] : .nan,
          thermometers: { _ in
            assimilates ? surface.map { $0 + 273.15 } ?? .nan : .nan
          }, reference: assimilates ? record.negativePotential?[index] ?? .nan : .nan)
      } catch {
        lastError = error
      }
    }
    throw lastError ?? EstimationError(.input, "no attempt")
  }
}
