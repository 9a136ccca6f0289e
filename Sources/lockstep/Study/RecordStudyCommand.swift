import ArgumentParser
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Profiles
import Quantities
import Records

/// `lockstep record-study`: the shadow on records of real cells, as a table.
struct RecordStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record-study",
    abstract: "Follow records of real cells with the fitted cells and write how it went.",
    discussion: """
      The folder holds records in Battery Data Format as profiles/fits names them; those that are missing \
      are left out.

      Example: lockstep record-study --records DIR --out bench-docs/shadow-records.md
      """)

  @Option(help: ArgumentHelp("Folder of the records.", valueName: "dir"))
  var records: String

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  /// A record, its cell, the air around it, degC, and whether the cell was full and rested as it began.
  private struct Case {
    let cell: String
    let record: String
    let ambient: Double
    let wasFull: Bool

    init(_ cell: String, _ record: String, _ ambient: Double, wasFull: Bool = true) {
      (self.cell, self.record, self.ambient, self.wasFull) = (cell, record, ambient, wasFull)
    }

    /// Without its folder.
    var name: String { record.split(separator: "/").last.map(String.init) ?? record }
  }

  private static let cases = [
    Case("lg-m50", "lg-m50-wmg-ratetest/T25_cRate_0p1C", 25),
    Case("lg-m50", "lg-m50-wmg-ratetest/T25_cRate_0p5C", 25),
    Case("lg-m50", "lg-m50-wmg-ratetest/T25_cRate_1C", 25),
    Case("lg-m50", "lg-m50-warwick/Cell786_0p5C_25degC", 25, wasFull: false),
    Case("lg-m50", "lg-m50-warwick/Cell796_2C_25degC", 25, wasFull: false),
    Case("lg-m50", "lg-m50-warwick/Cell786_0p5C_10degC", 10, wasFull: false),
    Case("lg-m50", "lg-m50-wmg-ratetest/T0_cRate_0p5C", 0),
    Case("lg-m50", "lg-m50-wmg-ratetest/T45_cRate_0p5C", 43.4),
    Case("lg-hg2", "lg-hg2-18650/25degC_549_Dis_0p5C", 24),
    Case("lg-hg2", "lg-hg2-18650/25degC_551_Cap_1C", 24),
    Case("lg-hg2", "lg-hg2-18650/25degC_549_Dis_2C", 24),
    Case("lg-hg2", "lg-hg2-18650/40degC_562_Mixed5", 23),
    Case("lg-hg2", "lg-hg2-18650/n10degC_593_Dis_0p5C", -10),
    Case("lg-hg2", "lg-hg2-18650/n10degC_601_US06", -10),
    Case("lg-hg2", "lg-hg2-18650/n10degC_604_PausCycl", -10),
  ]

  @Flag(help: "Also with a DFN: an hour more.")
  var dfn = false

  private var carriers: [(FilterKind, FilterModel)] {
    [(.extended, .spme), (.unscented, .spme)] + (dfn ? [(.unscented, .dfn)] : [])
  }

  private static let head = [
    "# The shadow on records of real cells", "",
    "Written by `lockstep record-study`. Each record from its first row's voltage, every row assimilated.",
    "*Ahead*: voltage of a copy frozen every ten minutes, over the next ten, mV rms. *In 90 %*: share of rows",
    "whose voltage lies in the predicted 90 % interval, and the interval's mean half-width over the innovations' rms.",
    "",
    "*SOC error* and *found after*: a second run of the SPMe, which is told 70 % +- 30 %, on records that begin with",
    "a full cell. Against 1 - charge drawn / capacity: rms in per cent of the capacity, from when C/2 or more has",
    "flowed for 200 s (any current where there is not so much) to the record's end; and time from the first current",
    "until within 3 %. The capacity is the cell file's, and this truth is no better than two things. The cells were",
    "charged to 4.2 V until little current flowed: *at start* is the charge that the first row's voltage tells on the",
    "file's scale, under current at once with 549 and 593. And no cell has its file's capacity to better than some",
    "per cent: that error grows with the charge drawn.",
    "",
    "| cell | record | filter | model | rows | ahead mV | innovation mV | in 90 % | half-width / rms | SOC at the end | restarts | rows not followed | faults | at start | SOC error % | found after s |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
  ]

  func run() throws {
    var lines = Self.head
    for item in Self.cases {
      let path = "\(records)/\(item.record).bdf.csv"
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { continue }
      let record = try BatteryDataTable(parsing: Array(bytes), name: path)
      let cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: item.cell))
      for (filter, model) in carriers {
        var configuration = EstimatorConfiguration.unfamiliarCell
        (configuration.filter, configuration.model) = (filter, model)
        let start = start(item, record, cell)
        let line =
          try followed(item, record, cell, configuration, start)
          + charge(item, record, cell, configuration, start)
        print(line)
        lines.append(line)
      }
    }
    do { try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: out) } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
  }

  private func start(
    _ item: Case, _ record: BatteryDataTable, _ cell: CellParameters
  ) -> StartOfCharge {
    StartOfCharge(
      cell, voltage: record.voltage[0], current: record.current[0],
      temperature: (record.surfaceTemperature?.first ?? item.ambient) + 273.15)
  }

  /// The row's figures of the shadow that starts from the first row's voltage.
  private func followed(
    _ item: Case, _ record: BatteryDataTable, _ cell: CellParameters,
    _ base: EstimatorConfiguration, _ start: StartOfCharge
  ) throws -> String {
    var configuration = base
    configuration.stateOfCharge = start.mean
    configuration.stateOfChargeSD = max(configuration.stateOfChargeSD, start.sd)
    var replay = try ShadowReplay(
      record, cell: cell, configuration: configuration, ambient: item.ambient + 273.15,
      freezeAt: nil)
    var (inside, count, width, squares) = (0, 0, 0.0, 0.0)
    let (summary, failure) = try replay.run { row in
      count += 1
      if abs(row.innovation) <= 1.644854 * row.voltage.sd { inside += 1 }
      width += 1.644854 * row.voltage.sd
      squares += row.innovation * row.innovation
    }
    let n = Double(count)
    let rms = (squares / n).squareRoot()
    let figures = String(
      format: "%.1f | %.1f | %.0f %% | %.2f | %.3f", summary.openLoopError * 1e3, rms * 1e3,
      Double(inside) / n * 100, width / n / rms, summary.stateOfCharge.mean)
    return
      "| \(item.cell) | \(item.name) | \(base.filter.rawValue) | \(base.model.rawValue) | \(count) "
      + "| \(figures) | \(summary.restarts) "
      + "| \(summary.skippedRows)\(failure == nil ? "" : ", then ended") | \(summary.faults.count) |"
  }

  /// The row's figures of the shadow that starts wrong.
  private func charge(
    _ item: Case, _ record: BatteryDataTable, _ cell: CellParameters,
    _ base: EstimatorConfiguration, _ start: StartOfCharge
  ) throws -> String {
    // A DFN takes long, and starts as the SPMe does.
    guard item.wasFull, base.model == .spme else { return " - | - | - |" }
    var configuration = base
    configuration.stateOfCharge = ChargeScore.start.mean
    configuration.stateOfChargeSD = ChargeScore.start.sd
    var replay = try ShadowReplay(
      record, cell: cell, configuration: configuration, ambient: item.ambient + 273.15,
      freezeAt: nil)
    var score = ChargeScore(cell, record)
    _ = try replay.run { score.take($0, at: record.time[$0.recordIndex - 1]) }
    let found = score.timeToFind.isNaN ? "never" : String(format: "%.0f", score.timeToFind)
    return String(format: " %.3f | %.1f | ", start.mean, score.error * 100) + found + " |"
  }
}
