import CRealtime
import Foundation

/// Where commissioning and proof of one bench are kept: `BENCH.json` and `BENCH.proof.json` in one folder.
public struct BenchRecords: Sendable {
  /// Absolute path of the folder.
  public let folder: String
  /// The bench's name.
  public let bench: String

  /// The records of `bench` in `folder`.
  public init(bench: String, folder: String) {
    self.bench = bench
    self.folder = folder
  }

  /// Path of the commissioning record.
  public var commissioningPath: String { folder + "/\(bench).json" }
  /// Path of the proof.
  public var proofPath: String { folder + "/\(bench).proof.json" }

  /// The commissioning; nil when there is none that can be read.
  public var commissioning: CommissioningRecord? { read(commissioningPath) }
  /// The proof; nil when there is none that can be read.
  public var proof: ProofRecord? { read(proofPath) }

  /// Keeps a commissioning; returns once it is on the disk.
  public func keep(_ record: CommissioningRecord) throws { try write(record, commissioningPath) }

  /// Keeps a proof; returns once it is on the disk.
  public func keep(_ record: ProofRecord) throws { try write(record, proofPath) }

  /// Why a run on real ports is not to be started, in one line; nil: commissioned and proven, by
  /// these hashes, on these ports.
  ///
  /// - Parameter ports: where each instrument is reached now.
  public func refusal(hashes: BenchHashes, ports: [String: String]) -> String? {
    guard let commissioning else {
      return "bench \(bench) is not commissioned: `lockstep commission` first"
    }
    if let why = why("commissioned", commissioning, hashes, ports) { return why }
    guard let proof else {
      return "bench \(bench) is commissioned but not proven: `lockstep prove` first"
    }
    return why("proven", proof, hashes, ports)
  }

  /// As `refusal`, of the commissioning alone: what a proof wants.
  public func commissioningRefusal(hashes: BenchHashes, ports: [String: String]) -> String? {
    guard let commissioning else {
      return "bench \(bench) is not commissioned: `lockstep commission` first"
    }
    return why("commissioned", commissioning, hashes, ports)
  }

  private func why(
    _ word: String, _ record: some BenchRecord, _ hashes: BenchHashes, _ ports: [String: String]
  ) -> String? {
    let again = word == "proven" ? "prove" : "commission"
    let changed = record.hashes.changed(now: hashes)
    if let first = changed.first {
      let others = changed.count > 1 ? " and \(changed.count - 1) more" : ""
      return "bench \(bench): \(first)\(others) changed since it was \(word) at \(record.time): "
        + "`lockstep \(again)` again"
    }
    guard record.scope == .real else {
      return "bench \(bench) is \(word) for ports of a rig only, at \(record.time): "
        + "`lockstep \(again)` on its real ports"
    }
    let moved = ports.keys.sorted().first { record.ports[$0] != ports[$0] }
    return moved.map {
      "bench \(bench): instrument \($0) was \(word) at port \(record.ports[$0] ?? "none"), not "
        + "\(ports[$0] ?? "none"): `lockstep \(again)` again"
    }
  }

  private func read<Record: Decodable>(_ path: String) -> Record? {
    FileManager.default.contents(atPath: path).flatMap {
      try? JSONDecoder().decode(Record.self, from: $0)
    }
  }

  private func write(_ record: some Encodable, _ path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(record)) + [UInt8(ascii: "\n")]
    let made = lockstep_make_folders(folder)
    guard made == 0 else { throw RecordError("creating \(folder) fails with errno \(-made)") }
    let written = lockstep_replace_durably(path, bytes, bytes.count)
    guard written == 0 else { throw RecordError("writing \(path) fails with errno \(-written)") }
  }
}

/// Why a record cannot be kept, in one line.
public struct RecordError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let description: String
  init(_ description: String) { self.description = description }
}

/// What both records have.
protocol BenchRecord {
  var hashes: BenchHashes { get }
  var scope: CommissioningRecord.Scope { get }
  var ports: [String: String] { get }
  var time: String { get }
}

extension CommissioningRecord: BenchRecord {}
extension ProofRecord: BenchRecord {}
