import ArgumentParser
import Electrochemistry
import Estimation
import Journal
import Profiles
import Validation

/// `lockstep shadow-study`: every filter on simulated cells whose truth is known, as a page of tables.
struct ShadowStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shadow-study",
    abstract: "Score the shadow's filters against simulated cells and write the tables.",
    discussion: """
      Seeds 1 to 99 are for tuning, the others for reporting.

      Example: lockstep shadow-study --first 101 --last 120 --out bench-docs/shadow.md
      """)

  @Option(help: "First seed.")
  var first: UInt64 = 101

  @Option(help: "Last seed.")
  var last: UInt64 = 120

  @Option(help: "Cells behind each coverage figure.")
  var coverage: UInt64 = 400

  @Option(help: "Hours of healthy sensors.")
  var healthy = 3000.0

  @Flag(name: .customLong("table-only"), help: "Cost and accuracy only.")
  var tableOnly = false

  @Option(help: "Only this filter.")
  var filter: String?

  @Option(help: "Only this model.")
  var model: String?

  @Option(help: "Only this plant: matched or mismatched.")
  var plant: String?

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard first <= last else { throw ValidationError("--first must not be after --last") }
  }

  func run() throws {
    let cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020"))
    let seeds = first..<(last + 1)
    var page = ShadowPage(seeds: seeds)
    var series: [ShadowSeries] = []
    for kind in kinds {
      // A DFN's matched plant would be a DFN; the SPMe's is there for its own equations.
      for (filter, model) in Self.carriers
      where wanted(filter, model) && (kind == .mismatched || model == .spme) {
        series.append(
          try ShadowSeries(
            cell, kind: kind, filter: filter, model: model, seeds: seeds,
            clock: ProcessorTime.ofThread)
        )
      }
    }
    page.accuracy(series)
    if !tableOnly {
      page.consistency(series)
      page.coverage(try coverages(cell))
      page.faults(try faults(cell, seeds))
    }
    do { try AtomicFile.write(page.text, to: out) } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
    print(page.text)
  }

  /// Not the particle filter, which costs a hundred times as much: it is for what the others cannot do, and
  /// its tests show that.
  private static let carriers: [(FilterKind, FilterModel)] = [
    (.extended, .spme), (.unscented, .spme), (.unscented, .dfn),
  ]

  private var kinds: [StudyPlant.Kind] {
    StudyPlant.Kind.allCases.filter { plant == nil || plant == $0.rawValue }
  }

  private func wanted(_ filter: FilterKind, _ model: FilterModel) -> Bool {
    (self.filter ?? filter.rawValue) == filter.rawValue
      && (self.model ?? model.rawValue) == model.rawValue
  }

  private func coverages(_ cell: CellParameters) throws -> [(String, CoverageStudy)] {
    let cases: [(StudyPlant.Kind, FilterModel)] = [
      (.matched, .spme), (.mismatched, .spme), (.mismatched, .dfn),
    ]
    return try cases.filter { kinds.contains($0.0) && wanted(.unscented, $0.1) }.map {
      kind, model in
      (
        "\(kind.rawValue), ukf \(model.rawValue)",
        try CoverageStudy(
          cell, kind: kind, filter: .unscented, model: model, seeds: 1001..<(1001 + coverage))
      )
    }
  }

  private func faults(
    _ cell: CellParameters, _ seeds: Range<UInt64>
  ) throws -> [(String, FaultStudy)] {
    try kinds.map { kind in
      var study = try FaultStudy(
        cell, kind: kind, filter: .unscented, model: .spme, seeds: seeds)
      try study.runHealthy(
        cell, kind: kind, filter: .unscented, model: .spme, hours: healthy, period: 10,
        firstSeed: 2001)
      return (kind.rawValue, study)
    }
  }
}
