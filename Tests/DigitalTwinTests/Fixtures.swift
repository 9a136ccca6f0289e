import Electrochemistry
import Foundation
import Profiles
import Records

/// Files that the tests read, found from this source file.
enum Fixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func chen2020() throws -> CellParameters {
    try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path())
  }

  static func table(_ name: String) throws -> BatteryDataTable {
    let data = try Data(contentsOf: root.appending(path: "fixtures/" + name))
    return try BatteryDataTable(parsing: Array(data), name: name)
  }
}
