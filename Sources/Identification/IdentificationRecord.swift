public import Records

/// A measured record as an identification sees it.
public struct IdentificationRecord: Sendable {
  /// In reports.
  public var name: String
  /// What flowed.
  public var current: CurrentRecord
  /// s, increasing: the rows that count.
  public var times: [Double]
  /// V at those times.
  public var voltages: [Double]
  /// K at those times; empty where it was not measured.
  public var temperatures: [Double]
  /// V at those times: the negative electrode against a reference electrode at the separator; empty where there
  /// was none.
  public var separatorPotentials: [Double] = []
  /// Most likely state of charge at 0 s, on the file's scale.
  public var stateOfCharge: Double
  /// What is not known of it; 0: it is given.
  public var stateOfChargeSD: Double
  /// Of the voltage.
  public var voltageErrors: ErrorModel
  /// Of the temperature, K.
  public var temperatureErrors: ErrorModel
  /// Of the reference electrode, V: its place is not the model's separator.
  public var separatorErrors = ErrorModel(noiseSD: 1e-3, discrepancySD: 5e-3)
  /// V a unit of charge at the start, one a row, as the fit's model had it when errors were last looked at; empty
  /// where no charge may be off.
  var steepness: [Double] = []

  /// Rows that a fit looks at, at most: more cost time and tell what their neighbours tell.
  public static let mostRows = 4000

  /// A record from its parts.
  public init(
    name: String, current: CurrentRecord, times: [Double], voltages: [Double],
    temperatures: [Double] = [], stateOfCharge: Double, stateOfChargeSD: Double,
    voltageErrors: ErrorModel, temperatureErrors: ErrorModel = ErrorModel(noiseSD: 0.3)
  ) {
    self.name = name
    self.current = current
    self.times = times
    self.voltages = voltages
    self.temperatures = temperatures
    self.stateOfCharge = stateOfCharge
    self.stateOfChargeSD = stateOfChargeSD
    self.voltageErrors = voltageErrors
    self.temperatureErrors = temperatureErrors
  }

  /// The rows of a file. The current is thinned where rows lie on the straight line between others within
  /// `tolerance`, A; rows that count are `mostRows` at most, spread evenly over the file's.
  ///
  /// - Parameters:
  ///   - ambient: K; nil: the file's, else the first surface temperature, else 298.15 K.
  ///   - stateOfCharge: at the first row.
  public init(
    _ table: BatteryDataTable, name: String, tolerance: Double, ambient: Double?,
    stateOfCharge: Double, stateOfChargeSD: Double, voltageErrors: ErrorModel
  ) {
    let start = table.time.first ?? 0
    let times = table.time.map { $0 - start }
    let surface = table.surfaceTemperature
    let outside =
      ambient ?? table.ambientTemperature?.first.map { $0 + 273.15 }
      ?? surface?.first.map { $0 + 273.15 } ?? 298.15
    let kept = Self.kept(times, table.current, tolerance: tolerance)
    let every = max(1, (times.count + Self.mostRows - 1) / Self.mostRows)
    // Of rows of one time the last: it lies after the jump.
    let rows = times.indices.filter {
      $0 % every == 0 && ($0 + 1 == times.count || times[$0 + 1] > times[$0])
    }
    self.init(
      name: name,
      current: CurrentRecord(
        times: kept.map { times[$0] }, currents: kept.map { table.current[$0] }, ambient: outside,
        initialTemperature: surface?.first.map { $0 + 273.15 } ?? outside),
      times: rows.map { times[$0] }, voltages: rows.map { table.voltage[$0] },
      temperatures: surface.map { all in rows.map { all[$0] + 273.15 } } ?? [],
      stateOfCharge: stateOfCharge, stateOfChargeSD: stateOfChargeSD, voltageErrors: voltageErrors)
    current.startIsMeasured = surface != nil
    separatorPotentials = table.negativePotential.map { all in rows.map { all[$0] } } ?? []
  }

  /// Rows between which the current is straight; two rows of one time are a jump, and both stay.
  private static func kept(
    _ times: [Double], _ currents: [Double], tolerance: Double
  ) -> [Int] {
    var kept: [Int] = []
    var first = 0
    for i in times.indices where i + 1 == times.count || times[i + 1] == times[i] {
      let piece = first..<(i + 1)
      kept += MeasuredRecord.kept(
        Array(times[piece]), Array(currents[piece]), tolerance: tolerance, longestGap: .infinity
      ).map { $0 + first }
      first = i + 1
    }
    return kept
  }
}
