import Foundation

/// A small package of just Safety, Guard and their tests, built apart from the house.
struct ScratchPackage {
  let path: String
  /// Rooms of Sources that it holds, in the order of their floors.
  static let rooms = [
    "CRealtime", "CModbus", "CSerialPort", "Quantities", "Guard", "Safety", "Transports",
    "lockstep-guard",
  ]
  static let tests = ["GuardTests", "SafetyTests"]

  /// Makes or renews it; `mutated` rooms are left to the caller, the rest are links.
  init(_ path: String, mutated: [String] = []) throws {
    self.path = path
    let files = FileManager.default
    let root = files.currentDirectoryPath
    guard files.fileExists(atPath: root + "/Sources/Guard") else {
      throw ProofFailure("\(root): not the top of the source tree")
    }
    for (folder, names) in [("Sources", Self.rooms), ("Tests", Self.tests)] {
      try files.createDirectory(
        atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
      for name in names where !mutated.contains(name) {
        let link = "\(path)/\(folder)/\(name)"
        if (try? files.destinationOfSymbolicLink(atPath: link)) == nil {
          try files.createSymbolicLink(
            atPath: link, withDestinationPath: "\(root)/\(folder)/\(name)")
        }
      }
    }
    try Self.manifest(isMutated: !mutated.isEmpty).writeIfChanged(to: path + "/Package.swift")
  }

  private static func manifest(isMutated: Bool) -> String {
    let more = isMutated ? ", \"Mutants\"" : ""
    let mutants =
      isMutated
      ? ".target(name: \"CMutant\"), .target(name: \"Mutants\", dependencies: [\"CMutant\", \"Quantities\"]),"
      : ""
    return """
      // swift-tools-version: 6.2
      \("import") PackageDescription
      let strict: [SwiftSetting] = [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
      let package = Package(
        name: "lockstep",
        targets: [
          .systemLibrary(name: "CModbus", pkgConfig: "libmodbus"),
          .systemLibrary(name: "CSerialPort", pkgConfig: "libserialport"),
          .target(name: "CRealtime"), \(mutants)
          .target(name: "Quantities", swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
          .target(name: "Guard", dependencies: ["Quantities", "CRealtime"\(more)], swiftSettings: strict),
          .target(name: "Safety", dependencies: ["Quantities"\(more)], swiftSettings: strict),
          .target(name: "Transports", dependencies: ["CModbus", "CSerialPort", "CRealtime", "Quantities"], swiftSettings: strict),
          .executableTarget(name: "lockstep-guard", dependencies: ["Guard"], swiftSettings: strict),
          .testTarget(name: "GuardTests", dependencies: ["Guard", "Quantities", "CRealtime", "Transports", "lockstep-guard"], swiftSettings: strict),
          .testTarget(name: "SafetyTests", dependencies: ["Safety", "Quantities"], swiftSettings: strict),
        ])

      """
  }
}

extension String {
  /// Writes it unless the file already holds it, so that nothing is built again for nothing.
  func writeIfChanged(to path: String) throws {
    if (try? String(contentsOfFile: path, encoding: .utf8)) == self { return }
    try write(toFile: path, atomically: true, encoding: .utf8)
  }
}
