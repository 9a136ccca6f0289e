import ArgumentParser
import CRealtime
import Foundation

/// An hour on the rig at wall speed: nothing grows, nothing comes late.
struct SoakCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak", abstract: "A long run: memory, descriptors and lateness.",
    discussion: "Needs the programs built: make prove-soak does that.")

  @Option(help: "How long; only 60 and more are recorded.")
  var minutes = 60.0
  @Option(help: "The scan's period, as a bench file says it.")
  var scan = "500 ms"
  @Option(help: "Start-up that is not looked at, s.")
  var settle = 60.0

  /// Most that memory may grow, MiB/h, and standard deviations within which a slope counts as zero.
  private static let goal = (growth: 1.0, deviations: 3.0)

  func run() throws {
    let hash = try SourceHash.current()
    let bench = try SoakBench(minutes: minutes, scan: scan)
    defer { bench.end() }
    let samples = watch(bench)
    let status = bench.run.end(within: 120)
    guard status == 0 else {
      throw ProofFailure(
        "soak: the run ends with \(status ?? 0): \(bench.run.output.suffix(2_000))")
    }
    var figures: [String: Any] = ["minutes": minutes, "scan": scan]
    var isMet = true
    for (name, points) in samples.sorted(by: { $0.key < $1.key }) {
      let line = LeastSquares(points)
      let isFlat = abs(line.slope) <= Self.goal.deviations * line.standardError || line.slope == 0
      let isSmall = name.hasSuffix("descriptors") ? isFlat : isFlat || line.slope < Self.goal.growth
      figures[name] = [
        "per_hour": line.slope, "standard_error": line.standardError, "samples": points.count,
        "first": points.first?.y ?? .nan, "last": points.last?.y ?? .nan,
      ]
      isMet = isMet && isSmall && points.count > 2
    }
    let lateness = try JournalNumbers.column(
      "SELECT lateness_microsecond FROM timing ORDER BY lateness_microsecond", in: bench.journal)
    let missed = try JournalNumbers.column(
      "SELECT count(*) FROM timing WHERE twin_missed", in: bench.journal)
    let trips = try JournalNumbers.column(
      "SELECT count(*) FROM events WHERE severity = 'trip'", in: bench.journal)
    figures["lateness_microsecond"] = Self.histogram(lateness)
    figures["twin_missed"] = missed.first ?? .nan
    figures["trips"] = trips.first ?? .nan
    isMet = isMet && trips == [0] && !lateness.isEmpty
    for (name, figure) in figures.sorted(by: { $0.key < $1.key }) {
      print("soak: \(name): \(figure)")
    }
    guard minutes >= 60 else { return }
    try ProofRecord(name: "soak", seed: 1, figures: figures, isMet: isMet).write(hash: hash)
    if !isMet { throw ExitCode(1) }
  }

  /// Points (hours, value) by name, one a second.
  private func watch(_ bench: SoakBench) -> [String: [(x: Double, y: Double)]] {
    var points: [String: [(x: Double, y: Double)]] = [:]
    let start = lockstep_monotonic_nanoseconds()
    while !bench.run.hasEnded {
      usleep(1_000_000)
      let seconds = Double(lockstep_monotonic_nanoseconds() - start) / 1e9
      guard seconds > min(settle, minutes * 30) else { continue }
      let processes = [
        "guard": bench.run.process, "controller": ProcessSample.child(of: bench.run.process) ?? -1,
      ]
      for (name, process) in processes {
        // One that has just ended has no memory any more.
        guard let sample = ProcessSample(of: process), sample.memory > 0, sample.descriptors > 0
        else { continue }
        points["\(name)_memory_mebibyte", default: []].append((seconds / 3_600, sample.memory))
        points["\(name)_descriptors", default: []].append((seconds / 3_600, sample.descriptors))
      }
    }
    return points
  }

  /// How many scans came later than each bound, and the quantiles; of sorted values.
  private static func histogram(_ sorted: [Double]) -> [String: Any] {
    var figures: [String: Any] = ["scans": sorted.count, "max": sorted.last ?? .nan]
    for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p999", 0.999)] where !sorted.isEmpty {
      figures[name] = sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
    for bound in [100.0, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000] {
      figures["later_than_\(Int(bound))"] = sorted.count { $0 > bound }
    }
    return figures
  }
}
