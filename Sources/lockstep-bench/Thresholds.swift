import Foundation

/// The goals: ratios, errors and counts, never absolute times (`fixtures/thresholds/speed.json`).
struct Thresholds: Decodable {
  var schema: Int
  /// How many times faster than PyBaMM, by row.
  var timesFasterThanPybammAtLeast: [String: Double]
  /// How many times faster than PyBOP, by row of fits.
  var timesFasterThanPybopAtLeast: [String: Double]
  /// Of both sides' fits, in standard deviations of the noise, by row.
  var distanceFromBestAtMostSd: [String: Double]
  /// Bound of the error of both sides, mV, by row, in the row's norm.
  var errorAtMostMillivolt: [String: Double]
  /// Of our own works.
  var ratioAtLeast: [String: Double]
  var ratioAtMost: [String: Double]
  /// Heap allocations over all repeats.
  var allocationsAtMost: [String: Int]

  static func read(_ path: String) throws -> Thresholds {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      let read = try decoder.decode(Thresholds.self, from: Data(contentsOf: URL(filePath: path)))
      guard read.schema == 1 else { throw BenchFailure("schema \(read.schema), allowed: 1") }
      return read
    } catch {
      throw BenchFailure("\(path): not a file of thresholds: \(error)")
    }
  }

  /// Where a row stands against its goals; empty when it meets them.
  func misses(_ row: ComparisonRow) -> [String] {
    var misses: [String] = []
    if let bound = errorAtMostMillivolt[row.name] {
      for (who, side) in [("Lockstep", row.ours), ("PyBaMM", row.theirs)]
      where !(side.error(row.norm) <= bound) {
        misses.append(
          "\(row.name): \(who)'s error is \(figure(side.error(row.norm))) mV \(row.norm.rawValue), "
            + "allowed: \(bound) mV")
      }
    }
    if let least = timesFasterThanPybammAtLeast[row.name], !(row.ratio >= least) {
      misses.append("\(row.name): \(figure(row.ratio)) times PyBaMM, wanted: \(least)")
    }
    return misses
  }

  /// As above, of a fit.
  func misses(_ row: FitRow) -> [String] {
    var misses: [String] = []
    if let bound = distanceFromBestAtMostSd[row.name] {
      for (who, side) in [("Lockstep", row.ours), ("PyBOP", row.theirs)]
      where !(side.distanceFromBest <= bound) {
        misses.append(
          "\(row.name): \(who) is \(figure(side.distanceFromBest)) sd from the best estimate, "
            + "allowed: \(bound) sd")
      }
    }
    if let least = timesFasterThanPybopAtLeast[row.name], !(row.ratio >= least) {
      misses.append("\(row.name): \(figure(row.ratio)) times PyBOP, wanted: \(least)")
    }
    return misses
  }

  /// - Parameter margin: 1, or less for a machine whose clocks cannot be trusted.
  func misses(_ ratio: OwnRatio, margin: Double) -> [String] {
    if let least = ratioAtLeast[ratio.name], !(ratio.value >= least * margin) {
      return ["\(ratio.name): \(figure(ratio.value)), wanted: \(figure(least * margin)) or more"]
    }
    if let most = ratioAtMost[ratio.name], !(ratio.value <= most / margin) {
      return ["\(ratio.name): \(figure(ratio.value)), wanted: \(figure(most / margin)) or less"]
    }
    return []
  }

  func misses(_ count: AllocationCount) -> [String] {
    guard let most = allocationsAtMost[count.name], count.count > most else { return [] }
    return [
      "\(count.name): \(count.count) allocations in \(count.repeats) repeats, allowed: \(most)"
    ]
  }
}
