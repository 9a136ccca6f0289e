import Assets
import Foundation
import Journal

/// Where the asset store stands.
enum AssetPlace {
  /// Opens the store in `folder` to read; nil when there is none yet.
  static func reading(_ folder: String) throws(AssetError) -> AssetStore? {
    guard FileManager.default.fileExists(atPath: folder + "/" + AssetStore.fileName) else {
      return nil
    }
    return try AssetStore(directory: folder, writing: false)
  }

  /// Opens the store in `folder` to write; makes both when they are not there.
  static func writing(_ folder: String) throws(AssetError) -> AssetStore {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw AssetError(.place, "\(folder): a writable folder is wanted")
    }
    return try AssetStore(directory: folder, writing: true)
  }
}

extension DataOption {
  /// The data folder itself.
  var folder: String { Self.folder(under: data) }

  /// The data folder that an option's value means.
  static func folder(under data: String?) -> String {
    String(RunFolder.runs(under: data).dropLast("/runs".count))
  }
}

/// Runs the body of a command that works on assets; a failure gets the exit status that it means.
func reportingAssetErrors(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as AssetError {
    throw CommandFailure(status: error.code == .write ? 3 : 2, message: "\(error)")
  }
}
