import Assets
import DigitalTwin
import Estimation
import Foundation
import Journal
import Profiles

/// The asset that a run with an identification adds a version to: what its twin believes at the end.
struct RunAsset {
  private let plan: RunPlan
  private let folder: String
  private let store: String
  /// Of the run, unix, s.
  private let start: Double

  /// Nil for a campaign that identifies nothing.
  ///
  /// - Parameter folder: of the run; the store stands beside the folder of all runs.
  init?(_ plan: RunPlan, folder: String, start: Double) {
    let identifies = plan.files.campaign.phases.contains {
      if case .identify = $0.job { true } else { false }
    }
    guard identifies else { return nil }
    self.plan = plan
    self.folder = folder
    self.start = start
    let runs = URL(fileURLWithPath: folder).deletingLastPathComponent()
    store = runs.deletingLastPathComponent().path
  }

  func append(_ belief: ConstantsBelief?) throws {
    guard let belief else { return }
    let name = plan.files.bench.asset
    // By its shipped name where it has one: the version outlives the folder that the program stands in.
    let word = plan.files.bench.cell.name
    let cell = word.contains("/") || word.hasSuffix(".json") ? plan.files.cellPath : word
    let asset = try TrackedAsset(
      name, cell: cell, in: try AssetPlace.reading(store), place: store)
    let run = URL(fileURLWithPath: folder).lastPathComponent
    let now = Date().timeIntervalSince1970
    let version = try asset.next(
      belief, from: (run, SHA256.hexDigest(Array("\(run) \(now)".utf8))),
      span: min(start, now)...now, cycles: 0,
      command: "lockstep run \(plan.files.campaign.name) --bench \(plan.files.bench.name)",
      method: "identify", at: now)
    let writing = try AssetPlace.writing(store)
    try writing.append(version, to: name)
    try writing.close()
  }
}
