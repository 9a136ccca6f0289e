import Electrochemistry
import Foundation
import Profiles

/// The shipped cells, found from this source file.
enum Cells {
  static func chen2020() throws -> CellParameters { try load("chen2020") }

  /// LFP on graphite: a flat voltage.
  static func prada2013() throws -> CellParameters { try load("prada2013") }

  private static func load(_ name: String) throws -> CellParameters {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try CellFile.load(root.appending(path: "profiles/cells/\(name).json").path())
  }
}
