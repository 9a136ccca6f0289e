/// How far a voltage is from a reference, mV.
struct VoltageError: Codable, Sendable {
  var rms: Double
  var largest: Double

  /// Over the times that both have.
  init(_ volts: [Double], against reference: [Double]) {
    let differences = zip(volts, reference).map { 1e3 * ($0 - $1) }
    let square = differences.reduce(0) { $0 + $1 * $1 }
    rms = (square / Double(max(differences.count, 1))).squareRoot()
    largest = differences.reduce(0) { max($0, $1.magnitude) }
    // NaN passes no comparison; it must fail every bound instead.
    if !rms.isFinite { (rms, largest) = (.infinity, .infinity) }
  }
}
