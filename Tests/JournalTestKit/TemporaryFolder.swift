import Foundation

/// A folder that is gone when its owner is.
public final class TemporaryFolder {
  /// Where it is.
  public let path: String

  /// Makes a new one.
  public init() throws {
    path = NSTemporaryDirectory() + "lockstep-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
