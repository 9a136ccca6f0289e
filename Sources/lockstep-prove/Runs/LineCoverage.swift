import Foundation

/// How often each line was executed, by llvm-cov.
struct LineCoverage {
  struct Line {
    var file: String
    var number: Int
    var count: Int
  }

  private(set) var lines: [Line] = []

  init(profile: String, binary: String) throws {
    let child = try Child([
      try Self.tool(), "export", "-format=lcov", "-instr-profile", profile, binary,
    ])
    guard child.end(within: 120) == 0 else { throw ProofFailure("llvm-cov: \(child.output)") }
    var file = ""
    for line in child.output.split(separator: "\n") {
      if line.hasPrefix("SF:") { file = String(line.dropFirst(3)) }
      guard line.hasPrefix("DA:") else { continue }
      // A count may be the difference of two counters; where a process was killed between them it has
      // wrapped. Such a line was executed.
      let numbers = line.dropFirst(3).split(separator: ",").compactMap { UInt64($0) }
      guard numbers.count == 2 else { throw ProofFailure("llvm-cov says \(line)") }
      lines.append(
        Line(file: file, number: Int(numbers[0]), count: Int(clamping: numbers[1])))
    }
  }

  /// The toolchain's own llvm-cov: another one does not read its profiles.
  private static func tool() throws -> String {
    let child = try Child(["/bin/sh", "-c", "dirname \"$(readlink -f \"$(command -v swift)\")\""])
    guard child.end(within: 60) == 0 else { throw ProofFailure("no swift in PATH") }
    return child.output.trimmingCharacters(in: .whitespacesAndNewlines) + "/llvm-cov"
  }
}
