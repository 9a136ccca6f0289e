import ArgumentParser
import CRealtime
import Foundation

/// Changes Safety and Guard in every way it knows, and looks whether a test notices.
struct MutantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutants", abstract: "Mutation test of Safety and Guard.",
    discussion: "Resumes where it was stopped, as long as the sources are the same.")

  @Option(help: "Order of the trials.")
  var seed = 1
  @Option(help: "Trials at a time.")
  var parallel = 2
  @Option(help: "Only files whose path begins so: Guard/, Safety/Bound.")
  var only = ""
  @Option(help: "Share that must be killed, percent, of those not argued equivalent.")
  var goal = 95.0
  @Option(help: "At most this many trials; then nothing is recorded.")
  var atMost: Int?
  @Flag(help: "Try the survivors again: tests were added.")
  var again = false
  @Flag(help: "Build only.")
  var buildOnly = false
  @Flag(help: "List the survivors so far.")
  var list = false

  private struct Job {
    var id: Int
    var place: MutationPlace
    var change: String
    var stage = 0
  }

  func run() throws {
    let hash = try SourceHash.current()
    let build = try MutantBuild(".build/mutants", hash: hash)
    print(
      "mutants: \(build.count) at \(build.places.count) places, "
        + "\(build.stillborn.count) places do not compile")
    if buildOnly {
      for place in build.stillborn {
        print("does not compile: \(place.file):\(place.line) \(place.changes[0]): \(place.source)")
      }
      return
    }
    var results = MutantResults(".build/prove/mutants-\(hash.prefix(12))-\(build.key).txt")
    let chosen = build.places.filter { $0.file.hasPrefix(only) }
    var jobs = chosen.flatMap { place in
      place.changes.enumerated().map {
        Job(id: place.id + $0.offset, place: place, change: $0.element)
      }
    }
    let all = jobs
    if !list {
      jobs.removeAll { job in
        results[job.id].map { !(again && $0.hasPrefix("survived")) } ?? false
      }
      var generator = SeededGenerator(seed: UInt64(seed))
      jobs.shuffle(using: &generator)
      let wanted = Array(jobs.prefix(atMost ?? jobs.count))
      try carryOut(wanted, build, &results)
    }
    try judge(all, build, results, hash)
  }

  private func carryOut(_ jobs: [Job], _ build: MutantBuild, _ results: inout MutantResults) throws
  {
    var stages: [String: [MutantStage]] = [:]
    for room in Set(jobs.map { String($0.place.file.prefix { $0 != "/" }) }) {
      stages[room] = try MutantStage.stages(of: room + "/").map { try Self.measured($0, build) }
    }
    var waiting = Array(jobs.reversed())
    var running: [(job: Job, trial: MutantTrial)] = []
    var done = 0
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < parallel, let job = waiting.popLast() {
        let room = String(job.place.file.prefix { $0 != "/" })
        let stage = (stages[room] ?? [])[job.stage]
        running.append((job, try MutantTrial(build, job.id, stage)))
      }
      usleep(5_000)
      for i in running.indices.reversed() {
        guard let result = running[i].trial.result() else { continue }
        var (job, trial) = running.remove(at: i)
        trial.clear()
        let room = String(job.place.file.prefix { $0 != "/" })
        if result == "survived", job.stage + 1 < (stages[room] ?? []).count {
          job.stage += 1
          waiting.append(job)
          continue
        }
        try results.set(job.id, result + " (\((stages[room] ?? [])[job.stage].name))")
        done += 1
        if result == "survived" {
          print(
            "survived: \(job.place.file):\(job.place.line): `\(job.place.source)` `\(job.change)`")
        }
        if done % 50 == 0 { print("mutants: \(done) of \(jobs.count)") }
      }
    }
  }

  /// The stage with the time that its tests take without a mutant; they must pass.
  private static func measured(_ stage: MutantStage, _ build: MutantBuild) throws -> MutantStage {
    var stage = stage
    stage.baseline = 200
    let start = lockstep_monotonic_nanoseconds()
    let trial = try MutantTrial(build, 0, stage)
    var result = trial.result()
    while result == nil {
      usleep(5_000)
      result = trial.result()
    }
    stage.baseline = Double(lockstep_monotonic_nanoseconds() - start) / 1e9
    trial.clear()
    guard result == "survived" else {
      throw ProofFailure("mutants: \(stage.name) tests fail without a mutant: \(result ?? "")")
    }
    print("mutants: \(stage.name) tests take \(stage.baseline) s")
    return stage
  }

  private func judge(
    _ jobs: [Job], _ build: MutantBuild, _ results: MutantResults, _ hash: String
  ) throws {
    let equivalents = EquivalentMutants()
    var rooms: [String: [String: Int]] = [:]
    var survivors: [String] = []
    for job in jobs {
      let room = String(job.place.file.prefix { $0 != "/" })
      let isKilled = results[job.id]?.hasPrefix("killed")
      let isArgued = isKilled != true && equivalents.contains(job.place, job.change)
      let word =
        isKilled == true
        ? "killed" : isArgued ? "equivalent" : isKilled == nil ? "untried" : "survived"
      rooms[room, default: [:]][word, default: 0] += 1
      if word == "survived" {
        survivors.append("`\(job.place.file)` `\(job.place.source)` `\(job.change)`")
      }
    }
    if list { for survivor in survivors { print("- \(survivor)") } }
    var isMet = true
    for (room, counts) in rooms.sorted(by: { $0.key < $1.key }) {
      let (killed, lived) = (counts["killed"] ?? 0, counts["survived"] ?? 0)
      let share = 100 * Double(killed) / Double(max(killed + lived, 1))
      let words = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      print("\(room): \(words.joined(separator: ", ")): \((share * 10).rounded() / 10) % killed")
      isMet = isMet && share >= goal && counts["untried"] == nil
    }
    guard only.isEmpty, !list, rooms.values.allSatisfy({ $0["untried"] == nil }) else { return }
    let record = ProofRecord(
      name: "mutants", seed: seed,
      figures: [
        "rooms": rooms, "goal_percent": goal, "survivors": survivors,
        "not_compiling_places": build.stillborn.count,
        "operators": MutantOperator.all.values.flatMap { known in
          known.mutants.map { "\(known.sign) -> \($0)" }
        }.sorted() + [
          "! -> (nothing)", "condition -> negated", "statement -> (nothing)",
          "number -> + 1, * 2 or - 1", "true <-> false",
        ],
      ], isMet: isMet)
    try record.write(hash: hash)
    if !isMet { throw ExitCode(1) }
  }
}
