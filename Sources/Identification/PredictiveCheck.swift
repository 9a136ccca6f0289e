import Electrochemistry
import Kernels

/// A record against what identified parameters predict of it: band, and features that replicates would show.
///
/// Features: the voltage at the end of each rest and of each pulse, and how fast rests relax. What was predicted
/// has the parameters' posterior, noise and discrepancy in it (A. Gelman, X.-L. Meng, H. Stern, Statistica
/// Sinica 6 (1996) 733, in their linear form).
public struct PredictiveCheck: Sendable {
  /// One feature: measured, predicted and its standard deviation.
  public struct Feature: Sendable {
    /// As in `end of rest at 930 s`.
    public var name: String
    /// As in `mV`.
    public var unit: String
    /// As it was.
    public var measured: Double
    /// As it should be.
    public var predicted: Double
    /// Of the prediction.
    public var sd: Double

    /// Standard deviations between the two.
    public var distance: Double { (measured - predicted).magnitude / sd }
  }

  /// In reports.
  public let name: String
  /// V, root mean square over the rows reached.
  public let voltageRMS: Double
  /// Share of the rows in the 95 % band.
  public let coverage: Double
  /// Rows of the record, and rows that the model reached.
  public let rows: (all: Int, reached: Int)
  /// s.
  public let times: [Double]
  /// V.
  public let voltages: [Double]
  /// V, one standard deviation at each row, noise and discrepancy included.
  public let sds: [Double]
  /// K, root mean square; nil without a thermometer or heat.
  public let temperatureRMS: Double?
  /// V, root mean square of the negative electrode against the reference; nil without one.
  public let separatorRMS: Double?
  /// What replicates would show.
  public let features: [Feature]
  /// V: how far off the model is taken to be, sd of what lasts in the middle row, a charge that is off included;
  /// of a record that was not fitted to, by the fit's records.
  public let discrepancySD: Double
  /// Of a record that was not fitted to: what its charge at the start would have to be for the smallest errors,
  /// less what its first voltage tells, V, root mean square, from there, and rows reached. What an error of the
  /// parameters is, and what one of the start.
  public internal(set) var fittedStart: (charge: Double, voltageRMS: Double, reached: Int)?

  /// V; specimens of one type differ by half of this at most, so more is no model of the cell.
  public static let mostDiscrepancy = 0.03

  /// Whether as many features lie within 1.96 standard deviations as should, with one in twenty to spare, and
  /// the band is not so wide that it holds anything.
  public var passes: Bool {
    let outside = features.filter { $0.distance > 1.96 }.count
    return discrepancySD <= Self.mostDiscrepancy && coverage >= 0.85
      && Double(outside) <= max(1, 0.15 * Double(features.count))
  }

  /// In one sentence.
  public var verdict: String {
    guard discrepancySD <= Self.mostDiscrepancy else {
      return "the model does not explain it: taken to be off by "
        + "\(Int((1e3 * discrepancySD).rounded())) mV (sd) in most rows, "
        + "\(Int(1e3 * Self.mostDiscrepancy)) at most make sense"
    }
    let outside = features.filter { $0.distance > 1.96 }.count
    return passes
      ? "replicates look like the record: \(outside) of \(features.count) features outside 95 %"
      : "replicates do not look like the record: \(outside) of \(features.count) features outside "
        + "95 %, \(Int((100 * coverage).rounded())) % of rows inside their band"
  }

  /// Checks record `r` of a fit at what it found.
  public init(_ fit: CellIdentification, _ found: IdentifiedCell, record r: Int) {
    let record = fit.records[r]
    let run = fit.run(r, found.values, slopes: true)
    let p = fit.parameters.count
    let places = Array(0..<p) + [p + r]
    let n = found.values.count
    let errors = record.voltageErrors
    let steepness = run.steepness
    var (squares, inside, heat) = (0.0, 0, 0.0)
    var sds: [Double] = []
    for i in 0..<run.reached {
      let lasting = errors.lasting(steepness[i])
      var variance = errors.noiseSD * errors.noiseSD + lasting * lasting
      for (a, x) in places.enumerated() {
        let slope = run.voltageSlopes[i * (p + 1) + a]
        for (b, y) in places.enumerated() {
          variance += slope * found.covariance[x * n + y] * run.voltageSlopes[i * (p + 1) + b]
        }
      }
      sds.append(variance.squareRoot())
      let error = record.voltages[i] - run.voltages[i]
      squares += error * error
      if error.magnitude <= 1.96 * sds[i] { inside += 1 }
      if !record.temperatures.isEmpty {
        let difference = record.temperatures[i] - run.temperatures[i]
        heat += difference * difference
      }
    }
    let count = Double(max(run.reached, 1))
    name = record.name
    voltageRMS = (squares / count).squareRoot()
    coverage = Double(inside) / count
    rows = (record.times.count, run.reached)
    times = Array(record.times.prefix(run.reached))
    voltages = Array(run.voltages.prefix(run.reached))
    self.sds = sds
    let lasting = steepness.prefix(max(run.reached, 1)).map(errors.lasting).sorted()
    discrepancySD = lasting.isEmpty ? errors.discrepancySD : lasting[lasting.count / 2]
    temperatureRMS =
      record.temperatures.isEmpty || fit.model.thermal == .isothermal
      ? nil : (heat / count).squareRoot()
    let there = record.separatorPotentials
    let apart = there.prefix(run.reached).indices.reduce(0.0) {
      let difference = there[$1] - run.separatorPotentials[$1]
      return $0 + difference * difference
    }
    separatorRMS = there.isEmpty ? nil : (apart / count).squareRoot()
    features = Self.features(record, run, sds)
  }

  private static func features(
    _ record: IdentificationRecord, _ run: ModelRun, _ sds: [Double]
  ) -> [Feature] {
    var features: [Feature] = []
    for segment in segments(record, rows: run.reached) {
      let (first, last) = (segment.lowerBound, segment.upperBound)
      let isRest = record.current.current(at: record.times[last]).magnitude < 1e-3
      let time = Int(record.times[last].rounded())
      features.append(
        Feature(
          name: "end of \(isRest ? "rest" : "current") at \(time) s", unit: "mV",
          measured: 1e3 * record.voltages[last], predicted: 1e3 * run.voltages[last],
          sd: 1e3 * sds[last]))
      guard isRest, last - first >= 8 else { continue }
      let (there, here) = (record.voltages, run.voltages)
      let seen = there[last] - there[first]
      guard seen.magnitude > 5 * record.voltageErrors.noiseSD, seen.magnitude > 2e-3 else {
        continue
      }
      // How much of a relaxation is done after a tenth of it.
      let early = first + max(1, (last - first) / 10)
      features.append(
        Feature(
          name: "relaxation done by \(Int(record.times[early].rounded())) s", unit: "mV",
          measured: 1e3 * (there[early] - there[first]),
          predicted: 1e3 * (here[early] - here[first]), sd: 1e3 * 2.0.squareRoot() * sds[early]))
    }
    return features
  }

  /// Rows of one constant current each, of 5 rows and 10 s at least; 40 at most, spread evenly.
  private static func segments(
    _ record: IdentificationRecord, rows: Int
  ) -> [ClosedRange<Int>] {
    var segments: [ClosedRange<Int>] = []
    var first = 0
    func current(_ i: Int) -> Double { record.current.current(at: record.times[i]) }
    let most = record.current.currents.map(\.magnitude).max() ?? 1
    for i in 0..<rows {
      let ends = i + 1 == rows || (current(i + 1) - current(first)).magnitude > 0.02 * most
      guard ends else { continue }
      if i - first >= 4, record.times[i] - record.times[first] >= 10 { segments.append(first...i) }
      first = i + 1
    }
    let every = max(1, (segments.count + 39) / 40)
    return segments.indices.filter { $0 % every == 0 }.map { segments[$0] }
  }
}
