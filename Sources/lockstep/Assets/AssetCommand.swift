import ArgumentParser
import Assets

/// `lockstep asset`: one twin.
struct AssetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "asset",
    abstract: "One asset: parameters with uncertainty, versions, provenance, health, predictions.",
    discussion: """
      Parameters are factors on the cell file's values, or offsets with their unit, of the newest version. \
      Predictions are scored when a later record shows what they were about: coverage is the share of \
      them in their 95 % band, and mean z squared is 1 where their sd are right.

      Example: lockstep asset M50-001
      """)

  @Argument(help: "The asset's name.")
  var asset: String

  @OptionGroup var place: DataOption
  @OptionGroup var output: JSONOption

  func run() throws {
    try reportingAssetErrors {
      guard AssetStore.isName(asset), let store = try AssetPlace.reading(place.folder) else {
        throw AssetError(.name, "\(asset): no such asset in \(place.folder)")
      }
      _ = try store.newest(of: asset)
      let report = AssetReport(
        asset, try store.versions(of: asset), try store.predictions(of: asset))
      if output.json { try JSONOption.print(report) } else { print(report.text) }
    }
  }
}
