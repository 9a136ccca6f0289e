public import Protocols
import Quantities

extension ExcitationPlan {
  /// As a protocol's steps: each ends with its time, or where its limit is. Times to 0.1 s, currents to 1 mA, so
  /// that the text says what is done.
  public func steps(_ limits: ExcitationLimits) -> [ProtocolStep] {
    segments.map { segment in
      let time = Seconds((segment.duration * 10).rounded() / 10)
      let lasting = "for \(Self.text(time.value)) seconds"
      guard segment.current != 0 else {
        return ProtocolStep(mode: .rest, ends: [.duration(time)], text: "Rest \(lasting)")
      }
      let charges = segment.current > 0
      let current = Amperes((segment.current * 1000).rounded() / 1000)
      let bound = Volts(charges ? limits.voltage.upperBound : limits.voltage.lowerBound)
      return ProtocolStep(
        mode: .current(.amperes(current)),
        ends: [.duration(time), .voltage(charges ? .atLeast : .atMost, bound)],
        text:
          "\(charges ? "Charge" : "Discharge") at \(Self.text(abs(current.value))) A \(lasting) "
          + "or until \(Self.text(bound.value)) V")
    }
  }

  /// Without an exponent, and without a fraction that is none.
  private static func text(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let (whole, rest) = (thousandths / 1000, thousandths % 1000)
    guard rest != 0 else { return "\(whole)" }
    var digits = String(repeating: "0", count: 3 - "\(rest)".count) + "\(rest)"
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
