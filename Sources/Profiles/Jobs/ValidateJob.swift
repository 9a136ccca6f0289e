import Protocols
import Quantities

/// A comparison of a prescription with a baseline on the same cell: each pair prepares the cell, charges by one
/// of them, rests, and does so again by the other.
///
/// Which comes first alternates as in the sequence of Thue and Morse (AB BA BA AB ...) over the whole campaign,
/// which a linear drift of the cell cannot favour; a coin decides who begins. With `capacity` its protocol is run
/// once before the first pair and once after the last.
struct ValidateJob {
  var prescription: ChargeJob
  var baseline: ChargeJob
  var prepare: FileReference
  var relax: FileReference
  /// Protocol that charges the cell and discharges it to a voltage; nil: no charge is counted.
  var capacity: FileReference?
  var pairs: Int
  var limits: PhaseLimits

  init(_ table: TomlTable) throws(ProfileError) {
    let target = try table.quantity("to", in: StateOfCharge(0.01)...StateOfCharge(1))
    prescription = try ChargeJob(table.table("prescription"), target: target)
    baseline = try ChargeJob(table.table("baseline"), target: target)
    prepare = try table.reference("prepare", to: .protocol)
    relax = try table.reference("relax", to: .protocol)
    capacity = try table.reference(ifPresent: "capacity", to: .protocol)
    pairs = try table.integer(ifPresent: "pairs", in: 1...100) ?? 1
    limits = try PhaseLimits(table.table("limits"), charging: true)
  }

  /// In the order in which they are run.
  ///
  /// - Parameters:
  ///   - before: pairs that the campaign has compared by then.
  ///   - coin: whether the baseline begins the first pair of all.
  func phases(_ table: TomlTable, after before: Int, coin: Bool) -> [CampaignPhase] {
    var phases = count(.before, table)
    for pair in before..<before + pairs {
      let swapped = (pair.nonzeroBitCount % 2 == 1) != coin
      for arm in swapped
        ? [CampaignPhase.Arm.baseline, .prescription] : [.prescription, .baseline]
      {
        phases.append(CampaignPhase(.protocol(prepare), table))
        var charge = CampaignPhase(.charge(arm == .baseline ? baseline : prescription), table)
        (charge.limits, charge.arm) = (limits, arm)
        phases.append(charge)
        phases.append(CampaignPhase(.protocol(relax), table))
      }
    }
    return phases + count(.after, table)
  }

  /// The phase that counts the cell's charge, if one is wanted.
  private func count(
    _ when: CampaignPhase.CapacityCount, _ table: TomlTable
  ) -> [CampaignPhase] {
    guard let capacity else { return [] }
    var phase = CampaignPhase(.protocol(capacity), table)
    phase.capacity = when
    return [phase]
  }
}
