public import Quantities
import Records

/// Where a run that was stopped goes on.
public struct Resumption {
  /// Number of the first scan.
  public var scan: Int
  /// Time of the run when it goes on: not before anything on record.
  public var time: Seconds
  /// Reading of the rig's clock at time 0 of the run, s; nil: not known.
  public var paceOrigin: Double?
  /// What the campaign said last.
  let output: ControlOutput

  /// Goes on where `replay` has brought its campaign.
  public init(scan: Int, time: Seconds, paceOrigin: Double?, after replay: CampaignReplay) {
    self.scan = scan
    self.time = time
    self.paceOrigin = paceOrigin
    var output = replay.output
    // Nothing flows, and nothing is asked for, before the campaign says so anew.
    output.requested = .zero
    output.binding = .none
    output.reason = ""
    output.estimate = nil
    output.timeLeft = nil
    output.chamber = nil
    output.events = []
    output.charges = []
    output.outcome = nil
    self.output = output
  }
}
