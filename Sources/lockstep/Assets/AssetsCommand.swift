import ArgumentParser
import Assets
import Foundation

/// `lockstep assets`: the twins in a data folder.
struct AssetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assets", abstract: "List the assets: each one cell with a history of parameters.",
    discussion: "Example: lockstep assets --json")

  @OptionGroup var place: DataOption
  @OptionGroup var output: JSONOption

  private struct Entry: Encodable {
    let asset: String
    let cell: String
    let version: Int
    let unixTimeSecond: Double
    let health: [String: AssetReport.Value]

    enum CodingKeys: String, CodingKey {
      case asset, cell, version, health
      case unixTimeSecond = "unix_time_second"
    }
  }

  private struct Listing: Encodable { let assets: [Entry] }

  func run() throws {
    try reportingAssetErrors {
      let entries = try entries()
      if output.json {
        try JSONOption.print(Listing(assets: entries))
      } else if entries.isEmpty {
        print("no asset in \(place.folder); lockstep shadow --cell C --asset NAME makes one")
      } else {
        for entry in entries { print(line(entry)) }
      }
    }
  }

  private func entries() throws -> [Entry] {
    guard let store = try AssetPlace.reading(place.folder) else { return [] }
    return try store.names().map { name in
      let version = try store.newest(of: name)
      return Entry(
        asset: name, cell: version.provenance.cellFile, version: version.number,
        unixTimeSecond: version.unixTime, health: AssetReport.values(version.health))
    }
  }

  private func line(_ entry: Entry) -> String {
    let time = Date(timeIntervalSince1970: entry.unixTimeSecond).ISO8601Format()
    let health = AssetReport.line(entry.health)
    return "\(entry.asset)  \(entry.cell)  version \(entry.version)  \(time)  \(health)"
  }
}
