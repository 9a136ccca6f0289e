public import Quantities
public import Records
import Synchronization

/// Brings a campaign to where it was: it is given the samples on record that it has seen, and what it says is
/// compared with what is on record that it said.
///
/// `Campaign.decide` is a function of the samples and stops that came before, so that the same of these lead to
/// the same state: twin, step, charge moved and designs.
public final class CampaignReplay: @unchecked Sendable {
  // Unchecked: one thread at a time; `isCancelled` alone is written by another.
  private let campaign: Campaign
  private let isCancelled = Atomic(false)

  /// Samples given so far.
  public private(set) var count = 0
  /// The first decision on record that the replay does not come to, as one line; nil: it comes to all.
  public private(set) var disagreement: String?
  /// Largest difference between a current that was requested and the replay's.
  public private(set) var largestDifference = Amperes.zero
  /// The sample given last.
  public private(set) var last: Sample?
  var output = ControlOutput()

  /// What ends a replay before its end.
  public struct Cancelled: Error {}

  /// A replay into a campaign that has seen nothing.
  public init(_ campaign: Campaign) { self.campaign = campaign }

  /// The run was stopped after the last sample.
  public func interrupt() { campaign.interrupt() }

  /// Ends the replay at its next sample; from any thread.
  public func cancel() { isCancelled.store(true, ordering: .relaxed) }

  /// One sample that the campaign has seen.
  ///
  /// - Parameter recorded: the decision of its scan. A twin that was late had not said its own yet: then it is
  ///   that of the sample before.
  public func take(_ sample: Sample, recorded: Decision?) throws(Cancelled) {
    guard !isCancelled.load(ordering: .relaxed) else { throw Cancelled() }
    let before = output
    output = campaign.decide(on: sample)
    count += 1
    last = sample
    guard let recorded else { return }
    let candidates = [output, before].filter {
      $0.phase == recorded.phase && $0.step == recorded.step
    }
    guard !candidates.isEmpty else {
      disagreement =
        disagreement
        ?? "scan \(sample.scan) at \(sample.time): phase \(recorded.phase + 1), step \(recorded.step) "
        + "on record, phase \(output.phase + 1), step \(output.step) in the replay"
      return
    }
    // The fallback of a twin that was late is nobody's decision.
    guard recorded.binding != .fallback else { return }
    let difference = candidates.map { ($0.requested - recorded.requested).magnitude }.min()
    largestDifference = max(largestDifference, difference ?? .zero)
  }

  /// What the campaign said of the last sample.
  public var events: [Event] { output.events }
  /// What charges promised and what happened, of the last sample.
  public var charges: [ChargeRecord] { output.charges }
  /// What the twin believed after the last sample.
  public var estimate: Estimate? { output.estimate }

  /// Where the campaign is, in words.
  public var place: String {
    guard count > 0 else { return "before the first step" }
    let step = output.step > 0 ? ", step \(output.step)" : ""
    return "phase \(output.phase + 1) of \(output.phases), \(output.phaseName)\(step): "
      + output.stepText
  }
}
