import Foundation

/// A number as it stands in a table: three significant digits.
func figure(_ x: Double) -> String {
  guard x.isFinite, x != 0 else { return "\(x)" }
  let digits = max(0, 2 - Int(log10(x.magnitude).rounded(.down)))
  return String(format: "%.\(digits)f", x)
}
