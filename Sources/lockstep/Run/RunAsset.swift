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

  /// Nil for a campaign that identifies nothing.
  ///
  /// - Parameter folder: of the run; the store stands beside the folder of all runs.
  init?(_ plan: RunPlan, folder: String) {
    let identifies = plan.files.campaign.phases.contains {
      if case .identify = $0.job { true } else { false }
    }
    guard identifies else { return nil }
    self.plan = plan
    self.folder = folder
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
    let version = AssetVersion(
      parent: asset.parent?.number, unixTime: now,
      provenance: Provenance(
        cellFile: asset.cellFile, cellHash: asset.cellHash, record: run,
        recordHash: SHA256.hexDigest(Array("\(run) \(now)".utf8)), recordSpan: nil, cycles: 0,
        command: "lockstep run \(plan.files.campaign.name) --bench \(plan.files.bench.name)",
        filter: "identify", program: Lockstep.version),
      parameters: zip(belief.constants, belief.mean).map {
        AssetVersion.Parameter(name: $0.name, unit: $0.unit, mean: $1)
      }, covariance: belief.covariance,
      health: zip(CellHealth.names, try CellHealth(plan.cell, belief).figures).map {
        AssetVersion.Figure(name: $0, mean: $1.mean, sd: $1.sd)
      })
    let writing = try AssetPlace.writing(store)
    try writing.append(version, to: name)
    try writing.close()
  }
}
