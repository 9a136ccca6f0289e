public import RealModule

// Goals, in order: 1. the inverse to rounding for any current and any coefficients above 0; 2. a
// bounded number of iterations; 3. the exact derivative.

/// The inverse of Butler and Volmer's law with free transfer coefficients.
public enum ButlerVolmer {
  /// The u with exp(a u) - exp(-c u) = r: overpotential in units of RT/F, r current over exchange
  /// current. NaN for NaN, infinities or coefficients not above 0.
  ///
  /// Newton from ln(1 + |r|)/a (or c for r < 0), which is beyond the root, on the side where one
  /// exponential leads: monotone from there, about six iterations.
  @inlinable
  public static func overpotential(_ r: Double, anodic a: Double, cathodic c: Double) -> Double {
    guard r.isFinite, a > 0, c > 0 else { return .nan }
    var u = r >= 0 ? Double.log(onePlus: r) / a : -Double.log(onePlus: -r) / c
    for _ in 0..<60 {
      let (forward, backward) = (Double.expMinusOne(a * u), Double.expMinusOne(-c * u))
      let change = (forward - backward - r) / (a * (forward + 1) + c * (backward + 1))
      u -= change
      if change.magnitude <= 1e-15 * u.magnitude { break }
    }
    return u
  }

  /// Its slope, 1 / (a exp(a u) + c exp(-c u)).
  @inlinable
  public static func slope(at u: Double, anodic a: Double, cathodic c: Double) -> Double {
    1 / (a * Double.exp(a * u) + c * Double.exp(-c * u))
  }
}
