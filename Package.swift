// swift-tools-version: 6.2
import PackageDescription

// The house, floor by floor. A target may import what its row names and what those rows name;
// Tests/HouseTests reads this manifest's dump and says so. See bench-docs/architecture.md.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], link: [LinkerSetting] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: link)
}

func command(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func laws(
  _ name: String, _ dependencies: [Target.Dependency]
) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "lockstep",
  products: [
    .executable(name: "lockstep", targets: ["lockstep"]),
    .executable(name: "lockstep-guard", targets: ["lockstep-guard"]),
    .executable(name: "lockstep-bench", targets: ["lockstep-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    // Floor 0: C libraries, one thin module each; small shims.
    .systemLibrary(
      name: "CModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
    .systemLibrary(
      name: "CSerialPort", pkgConfig: "libserialport", providers: [.apt(["libserialport-dev"])]),
    .target(name: "CLanes"),
    .target(name: "CSPMeReference"),
    .target(name: "CModbusReference", dependencies: ["CModbus"]),
    .target(name: "CRealtime"),
    .target(name: "CToml"),
    // Floor 1
    room("Quantities", link: [.linkedLibrary("m")]),
    room("Kernels", ["CLanes", realModule]),
    // Floor 2
    room("Safety", ["Quantities"]),
    room("Guard", ["Quantities", "CRealtime"]),
    room("Instruments", ["Quantities"]),
    room("Records", ["Quantities"]),
    room("Protocols", ["Quantities"]),
    room("Electrochemistry", ["Kernels", "Quantities"]),
    // Floor 3
    room("Profiles", ["Protocols", "Electrochemistry", "Instruments", "CToml"]),
    room("Transports", ["CModbus", "CSerialPort", "CRealtime", "Quantities"]),
    room("Journal", ["Records", grdb]),
    room("Assets", [grdb]),
    room("Estimation", ["Electrochemistry", "Kernels", "Quantities"]),
    room("Simulation", ["Protocols", "Electrochemistry", "Quantities"]),
    // Floor 4
    room("Drivers", ["Profiles", "Instruments", "Transports"]),
    room("VirtualRig", ["Profiles", "Transports", "Electrochemistry"]),
    room("Prescription", ["Electrochemistry"]),
    room("Validation", ["Estimation", "Electrochemistry", "Kernels", "Quantities"]),
    room(
      "Identification",
      ["Profiles", "Electrochemistry", "Kernels", "Records", "Simulation", "Quantities"]),
    room("Verification", ["Simulation", "Electrochemistry", "Kernels", "Profiles", "Quantities"]),
    // Floor 5
    room("DigitalTwin", ["Estimation", "Prescription", "Records", "Simulation"]),
    room(
      "Excitation", ["Identification", "Electrochemistry", "Simulation", "Kernels", "Quantities"]),
    // Floor 6
    room(
      "Bench",
      [
        "Instruments", "Safety", "Protocols", "DigitalTwin", "Excitation", "Records", "CRealtime",
      ]),
    // Floor 7
    room("Commissioning", ["Bench", "Instruments", "Safety", "Records", "CRealtime"]),
    room("Reports", ["Journal", "Records"]),
    // Floor 8
    command(
      "lockstep",
      [
        "Profiles", "Drivers", "VirtualRig", "Bench", "DigitalTwin", "Estimation", "Reports",
        "Journal", "Assets", "Guard", "Transports", "Electrochemistry", "Safety", "Simulation",
        "Validation", "Verification", "Identification", "Excitation", "Commissioning", "CRealtime",
        arguments,
        logging,
      ]),
    command("lockstep-guard", ["Guard"]),
    command(
      "lockstep-bench",
      [
        "Electrochemistry", "Kernels", "Profiles", "Transports", "CRealtime", "CSPMeReference",
        "CModbusReference", "CAllocations", arguments,
      ]),
    command("lockstep-prove", ["CRealtime", arguments, sqlite]),
    // Laws
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    .target(
      name: "JournalTestKit", dependencies: ["Records", "Quantities", sqlite],
      path: "Tests/JournalTestKit", swiftSettings: strict),
    laws("HouseTests", ["lockstep"]),
    laws("KernelsTests", ["Kernels"]),
    laws("SafetyTests", ["Safety", "Quantities"]),
    laws("GuardTests", ["Guard", "Quantities", "CRealtime", "Transports", "lockstep-guard"]),
    laws("ProtocolsTests", ["Protocols", "Quantities"]),
    laws(
      "ElectrochemistryTests",
      [
        "Electrochemistry", "Kernels", "Profiles", "Quantities", "CAllocations", "CSPMeReference",
      ]),
    laws("ProfilesTests", ["Profiles", "Protocols", "Electrochemistry", "Quantities"]),
    laws("TransportsTests", ["Transports", "CModbus", "Quantities"]),
    laws("AssetsTests", ["Assets", "JournalTestKit"]),
    laws("JournalTests", ["Journal", "JournalTestKit", "Records", "Quantities"]),
    laws(
      "EstimationTests",
      ["Estimation", "Electrochemistry", "Kernels", "Profiles", "CAllocations"]),
    laws(
      "DriversTests",
      [
        "Drivers", "Guard", "Transports", "Profiles", "Instruments", "Quantities", "CModbus",
        "CAllocations",
      ]),
    laws(
      "SimulationTests", ["Simulation", "Protocols", "Electrochemistry", "Profiles", "Quantities"]),
    laws("ValidationTests", ["Validation", "Estimation", "Electrochemistry", "Profiles"]),
    laws("VerificationTests", ["Verification", "Electrochemistry", "Profiles"]),
    laws(
      "IdentificationTests",
      [
        "Identification", "Electrochemistry", "Kernels", "Profiles", "Records", "Simulation",
        "Quantities",
      ]),
    laws(
      "ExcitationTests",
      [
        "Excitation", "Identification", "Electrochemistry", "Profiles", "Protocols", "Quantities",
        "Simulation",
      ]),
    laws("VirtualRigTests", ["VirtualRig", "Profiles", "Electrochemistry", "Quantities"]),
    laws(
      "DigitalTwinTests",
      [
        "DigitalTwin", "Estimation", "Prescription", "Electrochemistry", "Kernels", "Profiles",
        "Protocols", "Records", "Simulation", "Quantities",
      ]),
    laws(
      "BenchTests",
      [
        "Bench", "CRealtime", "DigitalTwin", "Electrochemistry", "Excitation", "Identification",
        "Instruments", "Prescription",
        "Profiles", "Protocols", "Quantities", "Records", "Safety",
      ]),
    laws("CommissioningTests", ["Commissioning", "Quantities"]),
    laws("ReportsTests", ["Reports", "Journal", "JournalTestKit", "Records", "Quantities"]),
    laws("SpeedTests", ["lockstep-bench"]),
    // Drives the real processes: needs both programs built.
    laws("LoopTests", ["CRealtime", "JournalTestKit", "lockstep", "lockstep-guard"]),
  ],
  cxxLanguageStandard: .cxx17
)
