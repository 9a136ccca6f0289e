import DigitalTwin
import Electrochemistry
import Estimation
import Quantities
import Records

/// State of charge of a shadow that starts wrong on a cell that was full, against counted charge.
///
/// Truth is 1 - charge drawn / capacity on the cell file's scale. It is no better than that the cell was full
/// at the first row and has the file's capacity; an error of the capacity grows with the charge drawn.
struct ChargeScore {
  /// Where the shadow starts: 30 % too low, and unsure by as much.
  static let start = (mean: 0.7, sd: 0.3)
  /// How close is found, of the capacity.
  static let found = 0.03
  /// How long current flows before errors count, s.
  private static let settling = 200.0

  /// Ah between the file's stoichiometry limits.
  private let capacity: Double
  /// A that count as none.
  private let idle: Double
  /// Time of the first row with current, and of the first after it that is within `found`, s; NaN until then.
  private var flowsSince = Double.nan
  private var foundAt = Double.nan
  private let scoredFrom: Double
  private var squares = 0.0
  private var count = 0

  init(_ cell: CellParameters, _ record: BatteryDataTable) {
    let electrode = cell.negative
    let window = electrode.maximumStoichiometry - electrode.minimumStoichiometry
    let area = cell.electrodeArea * Double(cell.electrodePairs)
    capacity = electrode.sites * window * area * PhysicalConstants.faraday / 3600
    idle = 0.01 * cell.nominalCapacity.value
    scoredFrom = Self.scoredFrom(record, cell)
  }

  /// After 200 s of C/2 and more; of any current where there is not so much, s.
  private static func scoredFrom(_ record: BatteryDataTable, _ cell: CellParameters) -> Double {
    let nominal = cell.nominalCapacity.value
    for least in [0.49, 0.01] {
      var flowed = 0.0
      for index in 1..<max(1, record.count) where abs(record.current[index]) >= least * nominal {
        flowed += record.time[index] - record.time[index - 1]
        if flowed >= settling { return record.time[index] }
      }
    }
    return .infinity
  }

  /// Takes a row of the shadow; `time` is the record's, s.
  mutating func take(_ row: ShadowRow, at time: Double) {
    let error = row.belief.stateOfCharge.mean - (1 + row.netCapacity / capacity)
    if flowsSince.isNaN, abs(row.current) >= idle { flowsSince = time }
    if foundAt.isNaN, !flowsSince.isNaN, abs(error) <= Self.found { foundAt = time }
    guard time >= scoredFrom else { return }
    squares += error * error
    count += 1
  }

  /// rms error of the state of charge, 0..1; NaN where nothing counts.
  var error: Double { (squares / Double(count)).squareRoot() }
  /// From the first current until within `found`, s; NaN when never.
  var timeToFind: Double { foundAt - flowsSince }
}
