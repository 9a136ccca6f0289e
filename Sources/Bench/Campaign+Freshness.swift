import DigitalTwin
import Quantities
import Records

extension Campaign {
  /// Whether what was identified still holds: young, its goals met, and the model explains what is seen. Says
  /// why when it does not.
  func isFresh(_ work: IdentifyWork, _ sample: Sample, _ output: inout ControlOutput) -> Bool {
    guard let limit = work.skipsUntil, let identified else { return false }
    let age = sample.time.value - identified.at
    let misfit = residuals.mean
    let why: String? =
      if !identified.isMet {
        "its goals were missed"
      } else if age > limit {
        "it is \(Int(age / 60)) min old, \(Int(limit / 60)) allowed"
      } else if misfit > ResidualMonitor.limit {
        "innovations since are \(Self.short(misfit)) in normalised square, "
          + "\(ResidualMonitor.limit) allowed"
      } else {
        nil
      }
    if let why {
      event(.info, "identify.again", why, sample, &output)
      return false
    }
    event(
      .info, "identify.skipped",
      "\(Int(age / 60)) min old, innovations since \(Self.short(misfit)) in normalised square",
      sample,
      &output)
    return true
  }
}
