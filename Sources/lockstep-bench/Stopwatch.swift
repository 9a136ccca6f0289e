import Glibc

// Goals, in order: 1. ratios that hold on a busy machine: CPU time of the thread, works that are
// compared take turns, and medians; 2. no figure from a clock too coarse for it: short work is
// repeated until a sample takes long enough; 3. short.

/// Times pieces of work against each other.
enum Stopwatch {
  /// ms; long beside the clock's microsecond and the caches' first misses.
  static let leastSample = 4.0

  /// Medians over `rounds`, in each of which every work has its turn.
  static func medians(rounds: Int, _ works: [() throws -> Void]) throws -> [Timing] {
    let calls = try works.map { work in
      try work()
      let once = max(try sample(work, calls: 1).cpu, 1e-4)
      // The first call may still be warming up; a tenth of the sample decides.
      let few = max(1, Int(leastSample / 10 / once))
      let each = max(try sample(work, calls: few).cpu / Double(few), 1e-6)
      return min(max(1, Int((leastSample / each).rounded(.up))), 1_000_000)
    }
    var samples = works.map { _ in [(wall: Double, cpu: Double)]() }
    for _ in 0..<max(rounds, 1) {
      for (i, work) in works.enumerated() {
        let taken = try sample(work, calls: calls[i])
        samples[i].append((taken.wall / Double(calls[i]), taken.cpu / Double(calls[i])))
      }
    }
    return samples.map { samples in
      Timing(
        wall: median(samples.map(\.wall)), cpu: median(samples.map(\.cpu)), repeats: samples.count)
    }
  }

  private static func sample(
    _ work: () throws -> Void, calls: Int
  ) throws -> (wall: Double, cpu: Double) {
    let (wall, cpu) = (now(CLOCK_MONOTONIC), now(CLOCK_THREAD_CPUTIME_ID))
    for _ in 0..<calls { try work() }
    return (now(CLOCK_MONOTONIC) - wall, now(CLOCK_THREAD_CPUTIME_ID) - cpu)
  }

  /// ms.
  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle])
  }
}
