import Commissioning
import Foundation
import Testing

@Suite("A commissioning is worth what its hashes are worth")
struct BenchRecordsTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private let hashes = BenchHashes(["bench": "aa", "cell": "bb", "instrument psu": "cc"])
  private let ports = ["psu": "/dev/a", "load": "/dev/b"]

  private func commissioning(_ scope: CommissioningRecord.Scope = .real) -> CommissioningRecord {
    CommissioningRecord(
      bench: "b", asset: "a", by: "A Person", unixTime: 0, time: "then", scope: scope,
      chemistry: "NMC", fireResponseConfirmed: true, emergencyStop: .pressed, skipped: [],
      findings: [Finding("x", 1, "V")], ports: ports, run: "/run", hashes: hashes)
  }

  private func proof(_ scope: CommissioningRecord.Scope = .real) -> ProofRecord {
    ProofRecord(
      bench: "b", by: "A Person", unixTime: 0, time: "then", scope: scope,
      blows: [.init(blow: "kill", device: "psu", seconds: 1, bound: 2, seenBy: "guard")],
      rearming: .restarts, hold: 2.5, skipped: [], ports: ports, hashes: hashes)
  }

  private func withRecords(_ body: (BenchRecords) throws -> Void) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(BenchRecords(bench: "b", folder: folder.path))
  }

  @Test("SAF-001: real ports are open only to a bench that is commissioned and proven as it stands")
  func gate() throws {
    try withRecords { records in
      func refusal() -> String { records.refusal(hashes: hashes, ports: ports) ?? "none" }
      #expect(refusal().contains("not commissioned"))
      try records.keep(commissioning())
      #expect(refusal().contains("commissioned but not proven"))
      try records.keep(proof(.rig))
      #expect(refusal().contains("proven for ports of a rig only"))
      try records.keep(proof())
      #expect(refusal() == "none")
      try records.keep(commissioning(.rig))
      #expect(refusal().contains("commissioned for ports of a rig only"))
    }
  }

  @Test("any file that changed, came or went since closes them again, and is named")
  func changed() throws {
    try withRecords { records in
      try records.keep(commissioning())
      try records.keep(proof())
      for (key, value) in [("cell", "b2"), ("instrument psu", nil), ("instrument new", "dd")]
        as [(String, String?)]
      {
        var now = hashes
        now.files[key] = value
        let line = records.refusal(hashes: now, ports: ports) ?? "none"
        #expect(line.contains(key) && line.contains("changed since"), "\(line)")
      }
      let moved = records.refusal(hashes: hashes, ports: ["psu": "/dev/a", "load": "/dev/c"])
      #expect(moved?.contains("load was commissioned at port /dev/b, not /dev/c") == true)
    }
  }

  @Test("a damaged record is none; what was kept comes back whole")
  func damaged() throws {
    try withRecords { records in
      try records.keep(commissioning())
      #expect(records.commissioning == commissioning())
      try records.keep(proof())
      #expect(records.proof == proof())
      try Data("{".utf8).write(to: URL(filePath: records.commissioningPath))
      #expect(records.refusal(hashes: hashes, ports: ports)?.contains("not commissioned") == true)
    }
  }

  @Test("the longest time is none while a blow was not seen to end")
  func longest() {
    var proof = proof()
    #expect(proof.longest == 1)
    // What was seen only when the meter's line came back tells nothing of the current's end.
    proof.blows.append(
      .init(blow: "meter", device: "psu", seconds: 7, bound: 9, seenBy: "guard", isBlind: true))
    #expect(proof.longest == 1 && proof.bound == 2)
    proof.blows.append(.init(blow: "both", device: "psu", seconds: nil, bound: 2, seenBy: "prover"))
    #expect(proof.longest == nil)
    #expect(!proof.blows[2].passed)
  }
}
