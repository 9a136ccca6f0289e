public import Records

/// What a cell did under a known current, made ready for a fit.
public struct MeasuredRecord: Sendable {
  /// In reports.
  public var name: String
  /// s, increasing; the current moves linearly between.
  public var times: [Double]
  /// A, positive = charge.
  public var currents: [Double]
  /// V at those times.
  public var voltages: [Double]
  /// K at those times; empty where it was not measured.
  public var temperatures: [Double]
  /// Indices of the rows that the fit looks at, increasing.
  public var compared: [Int]
  /// K.
  public var ambient: Double
  /// K, of the cell at the first row.
  public var initialTemperature: Double
  /// V of the rested cell; tells the state of charge at the first row.
  public var restedVoltage: Double
  /// What is not known of that state of charge, standard deviation.
  public var stateOfChargeSD = 0.003
  /// V, model error expected at any instant.
  public var voltageSD = 0.006
  /// K, of the temperature.
  public var temperatureSD = 1.0
  /// As many independent looks at the model the record is worth: its rows' errors go together.
  public var independentRows = 30.0

  /// A record thinned: a row is left out where its current lies within `tolerance`, A, of the
  /// straight line between rows kept, at most `longestGap`, s, apart. Of rows kept, one in
  /// `comparedPeriod`, s, is compared, more often after a jump of the current, none beside a jump:
  /// voltage and current of such a row are not of one instant.
  ///
  /// - Parameters:
  ///   - temperatures: K; nil: not measured.
  ///   - ambient: K; nil: the first temperature, else 298.15 K.
  public init(
    name: String, times: [Double], currents: [Double], voltages: [Double],
    temperatures: [Double]?, tolerance: Double, longestGap: Double, comparedPeriod: Double,
    ambient: Double?
  ) {
    self.name = name
    let kept = Self.kept(times, currents, tolerance: tolerance, longestGap: longestGap)
    self.times = kept.map { times[$0] }
    self.currents = kept.map { currents[$0] }
    self.voltages = kept.map { voltages[$0] }
    self.temperatures = temperatures.map { column in kept.map { column[$0] } } ?? []
    initialTemperature = self.temperatures.first ?? ambient ?? 298.15
    self.ambient = ambient ?? initialTemperature
    restedVoltage = self.voltages[0]
    compared = Self.compared(
      self.times, self.currents, period: comparedPeriod, jump: 20 * tolerance)
  }

  /// The same of the rows of a file.
  public init(
    _ table: BatteryDataTable, name: String, tolerance: Double, longestGap: Double,
    comparedPeriod: Double, ambient: Double?
  ) {
    self.init(
      name: name, times: table.time, currents: table.current, voltages: table.voltage,
      temperatures: table.surfaceTemperature.map { $0.map { $0 + 273.15 } },
      tolerance: tolerance, longestGap: longestGap, comparedPeriod: comparedPeriod,
      ambient: ambient)
  }

  private static func compared(
    _ times: [Double], _ currents: [Double], period: Double, jump size: Double
  ) -> [Int] {
    func jumps(_ i: Int) -> Bool {
      i > 0 && i < currents.count && (currents[i] - currents[i - 1]).magnitude > size
    }
    var compared: [Int] = []
    var (last, jump) = (-Double.infinity, -Double.infinity)
    for i in times.indices {
      if jumps(i) { jump = times[i] }
      let period = min(period, max(0.3, 0.3 * (times[i] - jump)))
      guard times[i] - last >= period, !jumps(i), !jumps(i + 1) else { continue }
      compared.append(i)
      last = times[i]
    }
    return compared
  }

  static func kept(
    _ t: [Double], _ i: [Double], tolerance: Double, longestGap: Double
  ) -> [Int] {
    var kept = [0]
    // The slopes that pass all rows since the last one kept.
    var slopes = -Double.infinity...Double.infinity
    var last = 0
    for k in 1..<max(t.count, 1) where t[k] > t[last] {
      let gap = t[k] - t[kept[kept.count - 1]]
      let slope = (i[k] - i[kept[kept.count - 1]]) / gap
      if last != kept[kept.count - 1], gap > longestGap || !slopes.contains(slope) {
        kept.append(last)
        slopes = -Double.infinity...Double.infinity
      }
      let start = kept[kept.count - 1]
      let (middle, half) = ((i[k] - i[start]) / (t[k] - t[start]), tolerance / (t[k] - t[start]))
      let low = max(slopes.lowerBound, middle - half)
      slopes = low...max(low, min(slopes.upperBound, middle + half))
      last = k
    }
    if last != kept[kept.count - 1] { kept.append(last) }
    return kept
  }
}
