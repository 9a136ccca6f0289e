import Quantities

/// Everything that a run reads: bench, limits, campaign and its protocols, found and checked against
/// each other. Instruments and the cell's model are read by who needs them, from `bench`.
public struct RunFiles: Sendable {
  /// The bench.
  public var bench: BenchFile
  /// Path of the cell's model.
  public var cellPath: String
  /// What the cell may suffer.
  public var limits: LimitsFile
  /// What is to be done.
  public var campaign: CampaignFile
  /// The protocol of each phase of the campaign; nil where the phase has none.
  public var protocols: [ProtocolFile?]

  /// Finds and reads everything that running `job` on `bench` needs. `job` is a campaign or a
  /// protocol, `bench` a bench, each by path or by shipped name. Does not yet check currents: see
  /// `check(nominalCapacity:)`.
  public init(job: String, bench benchName: String, root: String? = nil) throws(ProfileError) {
    bench = try BenchFile(
      path: ShippedProfiles.locate(kind: .bench, name: benchName, root: root))
    cellPath = try bench.cell.locate(root: root)
    limits = try LimitsFile(path: bench.limits.locate(root: root))
    let document = try TomlDocument(path: Self.locate(job: job, root: root))
    if document.root.contains("steps") {
      let file = try ProtocolFile(document)
      campaign = CampaignFile(running: file, asset: bench.asset)
      protocols = [file]
    } else {
      campaign = try CampaignFile(document)
      protocols = []
      for phase in campaign.phases {
        if case .protocol(let reference) = phase.job {
          let file = try ProtocolFile(path: reference.locate(root: root))
          guard phase.capacity == nil || file.countsCapacity else {
            throw ProfileError(
              file: reference.referrer, line: reference.line, key: reference.key,
              value: "\"\(reference.name)\"",
              "a protocol that charges until a voltage, then discharges until a voltage, is wanted")
          }
          protocols.append(file)
        } else {
          protocols.append(nil)
        }
      }
    }
    guard campaign.asset == bench.asset else {
      throw ProfileError(
        file: campaign.path, line: campaign.assetLine, key: "asset", value: "\"\(campaign.asset)\"",
        "the bench \(bench.path) holds \"\(bench.asset)\"")
    }
  }

  /// What setting `bench` up needs: a bench, its limits and no job. The campaign rests.
  public init(bench benchName: String, root: String? = nil) throws(ProfileError) {
    bench = try BenchFile(
      path: ShippedProfiles.locate(kind: .bench, name: benchName, root: root))
    cellPath = try bench.cell.locate(root: root)
    limits = try LimitsFile(path: bench.limits.locate(root: root))
    let rest = try ProtocolFile(
      TomlDocument(
        text: "schema = 1\nname = \"set-up\"\nsteps = [\"Rest for 1 s\"]\n", file: "set-up"))
    campaign = CampaignFile(running: rest, asset: bench.asset)
    protocols = [rest]
  }

  /// A campaign's name is looked for first, a protocol's second.
  private static func locate(job: String, root: String?) throws(ProfileError) -> String {
    do {
      return try ShippedProfiles.locate(kind: .campaign, name: job, root: root)
    } catch {
      if let path = try? ShippedProfiles.locate(kind: .protocol, name: job, root: root) {
        return path
      }
      throw error
    }
  }

  /// The files with their contents, by role, for the journal: all but the cell and the instruments.
  public var inputs: [(role: String, name: String, content: [UInt8])] {
    var inputs = [("bench", bench.path, bench.bytes), ("limits", limits.path, limits.bytes)]
    let files = protocols.compactMap { $0 }
    if !files.contains(where: { $0.path == campaign.path }) {
      inputs.append(("campaign", campaign.path, campaign.bytes))
    }
    var seen: Set<String> = []
    for file in files where seen.insert(file.path).inserted {
      inputs.append(("protocol", file.path, file.bytes))
    }
    return inputs
  }
}
