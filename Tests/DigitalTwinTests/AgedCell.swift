import DigitalTwin
import Electrochemistry
import Estimation
import Kernels
import Protocols
import Quantities
import Records
import Simulation

/// A cell that has aged: SPMe on the standard mesh, and the record of a test on a bench whose sensors err.
struct AgedCell {
  /// True constants.
  var values: [CellConstant: Double]
  let cell: CellParameters
  let seed: UInt64

  /// One full cycle at C/3, with pulses on the way down.
  static let test =
    [
      "Charge at C/3 until 4.2 V", "Hold at 4.2 V until C/20", "Rest for 30 minutes",
    ]
    + Array(
      repeating: [
        "Discharge at C/3 for 30 minutes or until 2.5 V", "Rest for 5 minutes",
        "Discharge at 1C for 10 seconds", "Rest for 1 minute", "Charge at 1C for 10 seconds",
        "Rest for 5 minutes",
      ], count: 5
    ).flatMap { $0 } + [
      "Discharge at C/3 until 2.5 V", "Rest for 30 minutes", "Charge at C/3 until 4.2 V",
      "Hold at 4.2 V until C/20", "Rest for 10 minutes",
    ]

  /// Losses as shares, kinetics drawn with `spread` of their logarithm.
  init(
    _ cell: CellParameters, seed: UInt64, lithium: Double, negative: Double, positive: Double,
    resistance: Double, spread: Double = 0.1
  ) {
    var random = RandomStream(seed: seed, stream: 11)
    self.cell = cell
    self.seed = seed
    values = [
      .logLithiumInventory: Double.logarithm(1 - lithium),
      .logFactor(.negativeActiveFraction): Double.logarithm(1 - negative),
      .logFactor(.positiveActiveFraction): Double.logarithm(1 - positive),
      .contactResistance: resistance, .negativeOffset: 2e-3 * random.gaussian(),
      .positiveOffset: 2e-3 * random.gaussian(),
    ]
    for name in [
      ParameterName.negativeDiffusivity, .negativeReactionRateConstant, .positiveDiffusivity,
      .positiveReactionRateConstant, .electrolyteDiffusivity, .electrolyteConductivity,
      .heatTransferCoefficient,
    ] { values[.logFactor(name)] = spread * random.gaussian() }
  }

  /// Exactly known constants.
  var belief: ConstantsBelief {
    get throws { try ConstantsBelief(values.map { ($0.key, Normal($0.value, sd: 0)) }) }
  }

  var balance: CellBalance {
    CellBalance(cell) { values[$0] ?? 0 }
  }

  /// The cell as a parameter set.
  var plant: CellParameters {
    var factors: [ParameterName: Double] = [:]
    for case (.logFactor(let name), let value) in values {
      factors[name] = Double.exponential(value)
    }
    return cell.scaled(factors)
      .withContactResistance(cell.contactResistance + (values[.contactResistance] ?? 0))
      .offsettingOpenCircuitPotential(
        negative: values[.negativeOffset] ?? 0, positive: values[.positiveOffset] ?? 0)
  }

  /// A record of `steps`, begun rested at 25 degC at a share of the charge between the voltage limits.
  func record(
    _ steps: [String] = AgedCell.test, from share: Double = 0.3, period: Double = 10,
    record number: UInt64 = 0
  ) throws -> BatteryDataTable {
    let (empty, full) = balance.window
    let negative = empty + share * (full - empty)
    let setting = ExperimentSetting(
      plant, negativeStoichiometry: negative,
      positiveStoichiometry: balance.positiveStoichiometry(negative), temperature: 298.15,
      ambient: 298.15, period: period)
    let solver = try SolverChoice(model: .spme, thermal: .lumped).makeSolver(plant)
    var random = RandomStream(seed: seed, stream: 100 + number)
    let scale = 1 + 1e-3 * random.gaussian()
    let offset = 1e-3 * random.gaussian()
    let warm = 0.2 * random.gaussian()
    var text = "test_time_second,voltage_volt,current_ampere,surface_temperature_celsius\n"
    func append(_ row: SolverRow) {
      let voltage = row.outputs.voltage + 1e-3 * random.gaussian()
      let current = row.current * scale + offset + 1e-3 * random.gaussian()
      let celsius = row.outputs.temperature - 273.15 + warm + 0.1 * random.gaussian()
      text += "\(row.time),\(voltage),\(current),\(celsius)\n"
    }
    try solver.start(
      negativeStoichiometry: negative, positiveStoichiometry: setting.positiveStoichiometry,
      temperature: 298.15)
    try solver.apply(.current(0), ambient: 298.15)
    append(try solver.row())
    let run = ExperimentRun(solver, setting, now: { 0 }) { append($0.cell) }
    let list = try steps.map { try ProtocolStep(parsing: $0, grammar: .simulation) }
    _ = try run.run(.steps(list))
    return try BatteryDataTable(parsing: Array(text.utf8), name: "aged cell \(seed)")
  }

  /// A shadow over a record: what is believed afterwards.
  static func track(
    _ record: BatteryDataTable, _ cell: CellParameters, _ base: EstimatorConfiguration,
    from belief: ConstantsBelief? = nil
  ) throws -> (belief: ConstantsBelief, summary: ShadowSummary) {
    var configuration = base.trackingHealth(from: belief)
    configuration.stateOfCharge = configuration.startOfCharge(
      cell, restedVoltage: record.voltage[0], celsius: record.surfaceTemperature?[0] ?? 25)
    var replay = try ShadowReplay(
      record, cell: cell, configuration: configuration, ambient: 298.15, freezeAt: nil)
    let (summary, failure) = try replay.run { _ in }
    if let failure { throw TwinError(failure) }
    return (replay.constants, summary)
  }
}
