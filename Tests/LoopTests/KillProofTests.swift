import Foundation
import Glibc
import Testing

/// Everything that drives the real processes, one case at a time: each takes both cores as it is.
@Suite("The whole loop, real processes", .serialized)
struct LoopTests {}

extension LoopTests {
  /// SAF-001: whatever dies, the current is gone within the computed time, by the rig's truth.
  @Suite("Kill proofs", .serialized)
  struct KillProofTests {
    static let isFull = ProcessInfo.processInfo.environment["LOCKSTEP_FULL_PROOF"] == "1"

    /// Each blow and each phase at least once; everything with everything when a full proof is wanted.
    static let cases: [KillProof] =
      isFull
      ? Blow.allCases.flatMap { blow in BenchPhase.allCases.map { KillProof(blow, $0) } }
      : [
        KillProof(.killController, .rest), KillProof(.stopController, .discharge),
        KillProof(.terminateController, .hold), KillProof(.hangUpGuard, .pulse),
        KillProof(.interruptGuard, .coolDown), KillProof(.killGuard, .ride),
        KillProof(.killBoth, .discharge),
      ]

    /// Inside a frame, in the middle of a run; and inside the very write that starts the current.
    static let inTraffic = [
      KillProof(.killController, .charge, at: "psu:any:1:half:500"),
      KillProof(.killController, .discharge, at: "meter:read:3:half:500"),
      KillProof(.stopController, .charge, at: "contactor:write:1:half:500"),
      KillProof(.killBoth, .charge, at: "psu:write:3:before:1"),
      KillProof(.killBoth, .discharge, at: "load:write:2:before:30"),
    ]

    @Test(
      "SAF-001: current ends within the computed time after a death or a wish to stop",
      arguments: cases)
    func death(_ proof: KillProof) throws { try prove(proof) }

    @Test(
      "SAF-001: so it does after a death inside a frame and inside a write", arguments: inTraffic)
    func deathInTraffic(_ proof: KillProof) throws { try prove(proof) }

    private func prove(_ proof: KillProof) throws {
      let result = try proof.carryOut()
      guard Self.isFull else { return }
      let status = result.status.map { "\($0)" } ?? "-"
      print(
        "| \(proof) | \(Int(result.toZero.rounded())) ms | \(Int(result.toOpen.rounded())) ms | "
          + "\(Int(proof.timeToZero * 1000)) ms | \(status) |")
      fflush(nil)
    }
  }
}
