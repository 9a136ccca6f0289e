import Electrochemistry
import Foundation
import Identification
import Profiles
import Quantities
import Records

enum Fixture {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func cell(_ name: String) throws -> CellParameters {
    try CellFile.load(path("profiles/cells/\(name).json"))
  }

  static func path(_ name: String) -> String { root.appending(path: name).path }

  static func record() throws -> BatteryDataTable {
    let name = "fixtures/lg-m50-wmg-ratetest/T25_cRate_0p5C.bdf.csv"
    let data = try Data(contentsOf: root.appending(path: name))
    return try BatteryDataTable(parsing: Array(data), name: name)
  }
}
