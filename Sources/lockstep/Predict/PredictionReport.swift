import DigitalTwin
import Electrochemistry
import Estimation
import Profiles
import Protocols
import Quantities

/// What `lockstep predict` says.
struct PredictionReport: Encodable {
  /// A quantity with its 95 % band.
  struct Band: Encodable {
    let mean: Double
    let low: Double
    let high: Double

    init(_ value: PredictionRow.Quantity) {
      mean = value.mean
      low = value.low
      high = value.high
    }
  }

  /// The cell at the end.
  struct End: Encodable {
    let timeSecond: Double
    let voltage: Band
    let temperature: Band
    let stateOfCharge: Band
    let separator: Band

    enum CodingKeys: String, CodingKey {
      case timeSecond = "time_second"
      case voltage = "voltage_volt"
      case temperature = "temperature_celsius"
      case stateOfCharge = "state_of_charge"
      case separator = "negative_potential_at_separator_volt"
    }

    init(_ row: PredictionRow) {
      timeSecond = row.time
      voltage = Band(row.voltage)
      temperature = Band(row.temperature.scaled(zero: 273.15, unit: 1))
      stateOfCharge = Band(row.stateOfCharge)
      separator = Band(row.separator)
    }
  }

  /// When a limit is met; of an ensemble the median stands for the mean.
  struct Limit: Encodable {
    let name: String
    let mean: Double?
    let earliest: Double?
    let latest: Double?
    let probability: Double?

    enum CodingKeys: String, CodingKey {
      case name, probability
      case mean = "mean_second"
      case earliest = "earliest_second"
      case latest = "latest_second"
    }

    init(_ name: String, _ crossing: CellPrediction.Crossing) {
      self.name = name
      mean = crossing.mean
      earliest = crossing.earliest
      latest = crossing.latest
      probability = nil
    }

    init(_ name: String, _ crossing: EnsemblePrediction.Crossing) {
      self.name = name
      mean = crossing.median
      earliest = crossing.earliest
      latest = crossing.latest
      probability = crossing.probability
    }
  }

  /// Of a constant current.
  private(set) var currentAmpere: Double?
  /// Draws of an ensemble.
  private(set) var draws: Int?
  /// Draws that left the model's range.
  private(set) var drawsFailed: Int?
  /// Share of the draws that a cut-off of the cell ended.
  private(set) var cutOffProbability: Double?
  let end: End
  private(set) var limits: [Limit] = []
  /// When each step of a protocol ends.
  private(set) var steps: [Limit]?
  let rows: [PredictionRow]
  /// Why the rows end early.
  private(set) var failure: String?

  enum CodingKeys: String, CodingKey {
    case end, limits, draws, steps
    case currentAmpere = "current_ampere"
    case drawsFailed = "draws_failed"
    case cutOffProbability = "cut_off_probability"
  }

  /// The last row.
  var last: PredictionRow { rows[rows.count - 1] }
  /// Steps as they were written.
  var stepTexts: [String] { steps?.map(\.name) ?? [] }

  init(
    _ subject: PredictionSubject, _ course: PredictionCourse, _ file: LimitsFile?
  ) throws(EstimationError) {
    let cell = subject.cell
    switch course {
    case .current(let value):
      let current = value.amperes(nominal: cell.nominalCapacity).value
      let prediction = try CellPrediction(
        cell: cell, configuration: subject.configuration, current: current,
        temperature: subject.temperature, ambient: subject.ambient, duration: subject.duration,
        period: subject.period)
      rows = prediction.rows.map {
        PredictionRow($0, current: current, scale: subject.scale)
      }
      end = End(rows[rows.count - 1])
      currentAmpere = current
      failure = prediction.failure
      limits = PredictionLimit.all(cell, file, current: current).map {
        Limit(
          $0.name,
          prediction.crossing(of: $0.quantity.belief, limit: $0.value, rising: $0.isRising))
      }
    case .steps(let steps):
      let prediction = try EnsemblePrediction(
        cell: cell, configuration: subject.configuration, protocol: steps,
        temperature: subject.temperature, ambient: subject.ambient, duration: subject.duration,
        period: subject.period)
      rows = prediction.times.indices.map {
        PredictionRow(prediction, row: $0, scale: subject.scale)
      }
      end = End(rows[rows.count - 1])
      draws = prediction.count
      drawsFailed = prediction.failures.count
      cutOffProbability = Double(prediction.cutOffs) / Double(prediction.count)
      limits = PredictionLimit.all(cell, file, current: nil).map {
        Limit(
          $0.name,
          prediction.crossing(of: $0.quantity.ensemble, limit: $0.value, rising: $0.isRising))
      }
      self.steps = prediction.steps.map { Limit($0.text, $0.crossing) }
    }
  }
}
