import Excitation
import Protocols
import Quantities

/// How far an identification has come.
struct IdentifyProgress {
  /// What is under way.
  enum Stage {
    /// The cell rests while an excitation is designed; control periods left.
    case designing(DesignJob, periods: Int)
    /// An excitation runs.
    case exciting(ProtocolMachine)
  }

  var stage: Stage
  /// From 1.
  var round = 1
  /// Of excitation so far, s.
  var spent = 0.0
  /// Of the excitation that runs, s.
  var planned = 0.0
  /// Normalised squares of the voltage's innovations in this round.
  var squares = 0.0
  var samples = 0

  /// Control periods of rest before an excitation: the same number however fast the machine designs.
  static let restPeriods = 20
  /// Mean normalised square of the innovations from which the model does not deserve its design.
  static let undeserved = 4.0

  /// Whether what was measured is too far from what the twin expected.
  var isUndeserved: Bool { samples >= 60 && squares / Double(samples) > Self.undeserved }
}

extension ExcitationPlan {
  /// As a protocol's steps: each ends with its time, or where its limit is.
  func steps(_ limits: ExcitationLimits) -> [ProtocolStep] {
    segments.map { segment in
      let time = StepEnd.duration(Seconds(segment.duration))
      let seconds = (segment.duration * 10).rounded() / 10
      guard segment.current != 0 else {
        return ProtocolStep(mode: .rest, ends: [time], text: "Rest for \(seconds) s")
      }
      let charges = segment.current > 0
      let end =
        charges
        ? StepEnd.voltage(.atLeast, Volts(limits.voltage.upperBound))
        : .voltage(.atMost, Volts(limits.voltage.lowerBound))
      let amperes = (segment.current.magnitude * 1000).rounded() / 1000
      return ProtocolStep(
        mode: .current(.amperes(Amperes(segment.current))), ends: [time, end],
        text: "\(charges ? "Charge" : "Discharge") at \(amperes) A for \(seconds) s")
    }
  }
}
