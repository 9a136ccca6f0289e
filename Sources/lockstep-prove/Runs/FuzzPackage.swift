import CRealtime
import Foundation

/// The decoders built with libFuzzer, apart from the house.
struct FuzzPackage {
  let path: String
  private static let rooms = [
    "CRealtime", "CLanes", "CToml", "Quantities", "Kernels", "Guard", "Instruments", "Protocols",
    "Electrochemistry", "Profiles",
  ]

  init(_ path: String) throws {
    self.path = path
    let files = FileManager.default
    let root = files.currentDirectoryPath
    try files.createDirectory(atPath: path + "/Sources", withIntermediateDirectories: true)
    let links =
      Self.rooms.map { ($0, "\(root)/Sources/\($0)") }
      + ["FuzzGuard", "FuzzProfiles"].map { ($0, "\(root)/Tests/FuzzTargets/\($0)") }
    for (name, target) in links {
      let link = "\(path)/Sources/\(name)"
      if (try? files.destinationOfSymbolicLink(atPath: link)) == nil {
        try files.createSymbolicLink(atPath: link, withDestinationPath: target)
      }
    }
    try Self.manifest.writeIfChanged(to: path + "/Package.swift")
    let build = try Child(["swift", "build", "-c", "release"], in: path)
    guard build.end(within: 1_800) == 0 else {
      throw ProofFailure("fuzz: \(build.output.suffix(3_000))")
    }
  }

  /// Runs one target; counts, speed and crashes.
  func fuzz(_ name: String, runs: Int, seed: Int, longest: Int) throws -> [String: Any] {
    let corpus = "\(path)/corpus/\(name)"
    let seeds = try FuzzCorpus(name).write(to: corpus)
    let start = lockstep_monotonic_nanoseconds()
    let child = try Child(
      [
        ".build/release/\(name)", "corpus/\(name)", "-runs=\(runs)", "-seed=\(seed)",
        "-max_len=\(longest)", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1",
        "-artifact_prefix=crashes-\(name)-",
      ],
      // Swift's own backtracer would keep libFuzzer from writing the input down.
      environment: ["SWIFT_BACKTRACE": "enable=no"], in: path)
    let status = child.end(within: 4 * 3_600)
    let seconds = Double(lockstep_monotonic_nanoseconds() - start) / 1e9
    let output = child.output
    let done =
      output.firstMatch(of: #/stat::number_of_executed_units:\s+(\d+)/#).flatMap { Int($0.1) } ?? 0
    if status != 0 { print(output.suffix(3_000)) }
    return [
      "target": name, "inputs": done, "seeds": seeds, "crashes": status == 0 ? 0 : 1,
      "per_second": Int(Double(done) / max(seconds, 1)), "seconds": Int(seconds),
    ]
  }

  private static let manifest = """
    // swift-tools-version: 6.2
    \("import") PackageDescription
    let fuzz: [SwiftSetting] = [
      .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"]),
    ]
    func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
      .target(name: name, dependencies: dependencies, swiftSettings: fuzz)
    }
    func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
      .executableTarget(
        name: name, dependencies: dependencies, swiftSettings: fuzz,
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
    }
    let package = Package(
      name: "lockstep",
      dependencies: [
        .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1")
      ],
      targets: [
        .target(name: "CRealtime"), .target(name: "CLanes"), .target(name: "CToml"),
        room("Quantities"),
        room("Kernels", ["CLanes", .product(name: "RealModule", package: "swift-numerics")]),
        room("Guard", ["Quantities", "CRealtime"]), room("Instruments", ["Quantities"]),
        room("Protocols", ["Quantities"]), room("Electrochemistry", ["Kernels", "Quantities"]),
        room("Profiles", ["Protocols", "Electrochemistry", "Instruments", "CToml"]),
        target("FuzzGuard", ["Guard", "Quantities"]), target("FuzzProfiles", ["Profiles"]),
      ],
      cxxLanguageStandard: .cxx17)

    """
}
