import Foundation

/// The house as drawn: each target, its floor, and what it may import. Written down a second time on
/// purpose; the manifest is checked against it.
enum House {
  struct Room {
    var floor: Int
    var imports: [String]
  }

  static let rooms: [String: Room] = [
    "CLanes": Room(floor: 0, imports: []),
    "CModbus": Room(floor: 0, imports: []),
    "CModbusReference": Room(floor: 1, imports: ["CModbus"]),
    "CRealtime": Room(floor: 0, imports: []),
    "CSerialPort": Room(floor: 0, imports: []),
    "CSPMeReference": Room(floor: 0, imports: []),
    "CToml": Room(floor: 0, imports: []),
    "Quantities": Room(floor: 1, imports: []),
    "Kernels": Room(floor: 1, imports: ["CLanes", "RealModule"]),
    "Safety": Room(floor: 2, imports: ["Quantities"]),
    "Guard": Room(floor: 2, imports: ["Quantities", "CRealtime"]),
    "Instruments": Room(floor: 2, imports: ["Quantities"]),
    "Records": Room(floor: 2, imports: ["Quantities"]),
    "Protocols": Room(floor: 2, imports: ["Quantities"]),
    "Electrochemistry": Room(floor: 2, imports: ["Kernels", "Quantities"]),
    "Profiles": Room(
      floor: 3, imports: ["Protocols", "Electrochemistry", "Instruments", "CToml"]),
    "Transports": Room(
      floor: 3, imports: ["CModbus", "CSerialPort", "CRealtime", "Quantities"]),
    "Journal": Room(floor: 3, imports: ["Records", "GRDB"]),
    "Assets": Room(floor: 3, imports: ["GRDB"]),
    "Estimation": Room(floor: 3, imports: ["Electrochemistry", "Kernels", "Quantities"]),
    "Simulation": Room(floor: 3, imports: ["Protocols", "Electrochemistry", "Quantities"]),
    "Drivers": Room(floor: 4, imports: ["Profiles", "Instruments", "Transports"]),
    "VirtualRig": Room(floor: 4, imports: ["Profiles", "Transports", "Electrochemistry"]),
    "Prescription": Room(floor: 4, imports: ["Electrochemistry"]),
    "Validation": Room(
      floor: 4, imports: ["Estimation", "Electrochemistry", "Kernels", "Quantities"]),
    "Identification": Room(
      floor: 4,
      imports: ["Profiles", "Electrochemistry", "Kernels", "Records", "Simulation", "Quantities"]),
    "Excitation": Room(
      floor: 5,
      imports: ["Identification", "Electrochemistry", "Simulation", "Kernels", "Quantities"]),
    "Verification": Room(
      floor: 4, imports: ["Simulation", "Electrochemistry", "Kernels", "Profiles", "Quantities"]),
    "DigitalTwin": Room(
      floor: 5, imports: ["Estimation", "Prescription", "Records", "Simulation"]),
    "Bench": Room(
      floor: 6,
      imports: [
        "Instruments", "Safety", "Protocols", "DigitalTwin", "Excitation", "Records", "CRealtime",
      ]),
    "Commissioning": Room(
      floor: 7, imports: ["Bench", "Instruments", "Safety", "Records", "CRealtime"]),
    "Reports": Room(floor: 7, imports: ["Journal", "Records"]),
    "lockstep": Room(floor: 8, imports: ["*"]),
    "lockstep-guard": Room(floor: 8, imports: ["Guard"]),
    "lockstep-prove": Room(floor: 8, imports: ["CRealtime", "ArgumentParser", "GRDBSQLite"]),
    "lockstep-bench": Room(
      floor: 8,
      imports: [
        "Electrochemistry", "Kernels", "Profiles", "Transports", "CRealtime", "CSPMeReference",
        "CModbusReference", "CAllocations", "ArgumentParser",
      ]),
  ]

  /// What a room may import: what its row names and what those rows name.
  static func reach(_ name: String) -> Set<String> {
    guard let room = rooms[name] else { return [] }
    if room.imports == ["*"] { return Set(rooms.keys) }
    return room.imports.reduce(into: []) { reached, next in
      reached.insert(next)
      reached.formUnion(reach(next))
    }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func swiftFiles(in folder: String) -> [URL] {
    let start = root.appending(path: folder)
    let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    return (walk?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  static func importedModules(in file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({
          ["public", "package", "internal", "private", "@preconcurrency"].contains($0)
        })
      else { return nil }
      return String(words[place + 1].split(separator: ".")[0])
    }
  }
}
