import Foundation

/// Valid inputs to begin from: fixtures/frames and profiles.
struct FuzzCorpus {
  private var seeds: [[UInt8]] = []

  init(_ target: String) throws {
    if target == "FuzzGuard" { try frames() } else { try profiles() }
  }

  /// Writes them into a folder, beside what an earlier run found; how many.
  func write(to folder: String) throws -> Int {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (i, seed) in seeds.enumerated() {
      try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(i)"))
    }
    return seeds.count
  }

  private mutating func frames() throws {
    for file in ["exchanges", "manual"] {
      let data = try Data(contentsOf: URL(filePath: "fixtures/frames/\(file).json"))
      guard let rows = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] else {
        throw ProofFailure("fixtures/frames/\(file).json: no list of rows")
      }
      for row in rows {
        guard let request = Self.bytes(row["request"]), let reply = Self.bytes(row["reply"]),
          request.count < 32, reply.count < 32
        else { continue }
        let framing: UInt8 = row["framing"] as? String == "tcp" ? 1 : 0
        seeds.append(
          [0, framing, UInt8(request.count), UInt8(reply.count)] + request + reply + reply)
      }
    }
    let latch = "lockstep latch, schema 1\nbench: b\nrun: /r\nunix_time: 1.5\nreason: r\n"
    seeds.append([3] + Array((latch + "current_is_gone: true\nreply: meter: 03 04\n").utf8))
    // Contents of a plan and of orders: one device, one exchange, as SafePlan+Coding.swift writes.
    var plan = Integers()
    plan.list(1) { $0.device() }
    plan.device()
    plan.bytes += [3, 0, 0, 0, 1]
    for real in [1.0, 0.0, 0.5] { plan.integer(real.bitPattern) }
    for number in [UInt32(3), 1_000, 500, 0, 60] { plan.integer(number) }
    seeds.append([1] + plan.bytes)
    for choice in [UInt8(2), 4] { seeds.append([choice] + plan.bytes) }
  }

  private mutating func profiles() throws {
    for (choice, folder, ending) in [
      (UInt8(0), "instruments", ".toml"), (1, "benches", ".toml"), (2, "cells", ".limits.toml"),
    ] {
      for name in try FileManager.default.contentsOfDirectory(atPath: "profiles/\(folder)").sorted()
      where name.hasSuffix(ending) {
        seeds.append(
          [choice] + Array(try Data(contentsOf: URL(filePath: "profiles/\(folder)/\(name)"))))
      }
    }
  }

  private static func bytes(_ text: Any?) -> [UInt8]? {
    (text as? String)?.split(separator: " ").compactMap { UInt8($0, radix: 16) }
  }

  /// Little-endian fields, lists and blocks behind their count.
  private struct Integers {
    var bytes: [UInt8] = []

    mutating func integer<I: FixedWidthInteger>(_ value: I) {
      withUnsafeBytes(of: value.littleEndian) { bytes += Array($0) }
    }

    mutating func block(_ block: [UInt8]) {
      integer(UInt32(block.count))
      bytes += block
    }

    mutating func list(_ count: UInt32, _ item: (inout Integers) -> Void) {
      integer(count)
      for _ in 0..<count { item(&self) }
    }

    mutating func device() {
      block(Array("meter".utf8))
      integer(Int32(7))
      bytes.append(0)
      list(1) { writer in
        writer.block(Array("read".utf8))
        // Read input register 2, count 1, unit 3, and a reply of two free bytes.
        writer.block([0x03, 0x04, 0x00, 0x02, 0x00, 0x01, 0x91, 0xE8])
        writer.block([0x03, 0x04, 0x02, 0x00, 0x00, 0x00, 0x00])
        writer.block([0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
        for number in [UInt32(200), 2, 3] { writer.integer(number) }
      }
    }
  }
}
