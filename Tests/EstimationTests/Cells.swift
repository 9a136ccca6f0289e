import Electrochemistry
import Foundation
import Profiles

/// The shipped cell, found from this source file.
enum Cells {
  static func chen2020() throws -> CellParameters {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path())
  }
}
