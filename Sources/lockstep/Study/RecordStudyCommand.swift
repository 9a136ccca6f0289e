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

  /// A record, its cell, and the air around it, degC.
  private static let cases: [(cell: String, record: String, ambient: Double)] = [
    ("lg-m50", "lg-m50-wmg-ratetest/T25_cRate_0p1C", 25),
    ("lg-m50", "lg-m50-wmg-ratetest/T25_cRate_0p5C", 25),
    ("lg-m50", "lg-m50-wmg-ratetest/T25_cRate_1C", 25),
    ("lg-m50", "lg-m50-warwick/Cell786_0p5C_25degC", 25),
    ("lg-m50", "lg-m50-warwick/Cell796_2C_25degC", 25),
    ("lg-m50", "lg-m50-warwick/Cell786_0p5C_10degC", 10),
    ("lg-m50", "lg-m50-wmg-ratetest/T0_cRate_0p5C", 0),
    ("lg-m50", "lg-m50-wmg-ratetest/T45_cRate_0p5C", 43.4),
    ("lg-hg2", "lg-hg2-18650/25degC_549_Dis_0p5C", 24),
    ("lg-hg2", "lg-hg2-18650/25degC_551_Cap_1C", 24),
    ("lg-hg2", "lg-hg2-18650/25degC_549_Dis_2C", 24),
    ("lg-hg2", "lg-hg2-18650/40degC_562_Mixed5", 23),
    ("lg-hg2", "lg-hg2-18650/n10degC_593_Dis_0p5C", -10),
    ("lg-hg2", "lg-hg2-18650/n10degC_601_US06", -10),
    ("lg-hg2", "lg-hg2-18650/n10degC_604_PausCycl", -10),
  ]

  private static let carriers: [(FilterKind, FilterModel)] = [
    (.extended, .spme), (.unscented, .spme), (.unscented, .dfn),
  ]

  func run() throws {
    var lines = [
      "# The shadow on records of real cells", "",
      "Written by `lockstep record-study`. Each record from its first row's voltage, every row assimilated.",
      "*Ahead*: voltage of a copy frozen every ten minutes, over the next ten, mV rms. *In 90 %*: share of rows",
      "whose voltage lies in the predicted 90 % interval, and the interval's mean half-width over the innovations' rms.",
      "",
      "| cell | record | filter | model | rows | ahead mV | innovation mV | in 90 % | half-width / rms | SOC at the end | restarts | rows not followed | faults |",
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for item in Self.cases {
      let path = "\(records)/\(item.record).bdf.csv"
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { continue }
      let record = try BatteryDataTable(parsing: Array(bytes), name: path)
      let cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: item.cell))
      for (filter, model) in Self.carriers {
        let line = try row(item, record, cell, filter, model)
        print(line)
        lines.append(line)
      }
    }
    do { try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: out) } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
  }

  private func row(
    _ item: (cell: String, record: String, ambient: Double), _ record: BatteryDataTable,
    _ cell: CellParameters, _ filter: FilterKind, _ model: FilterModel
  ) throws -> String {
    var configuration = EstimatorConfiguration.unfamiliarCell
    configuration.filter = filter
    configuration.model = model
    let start = StartOfCharge(
      cell, voltage: record.voltage[0], current: record.current[0],
      temperature: (record.surfaceTemperature?.first ?? item.ambient) + 273.15)
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
    let name = item.record.split(separator: "/").last.map(String.init) ?? item.record
    let figures = String(
      format: "%.1f | %.1f | %.0f %% | %.2f | %.3f", summary.openLoopError * 1e3, rms * 1e3,
      Double(inside) / n * 100, width / n / rms, summary.stateOfCharge.mean)
    return
      "| \(item.cell) | \(name) | \(filter.rawValue) | \(model.rawValue) | \(count) | \(figures) "
      + "| \(summary.restarts) | \(summary.skippedRows)\(failure == nil ? "" : ", then ended") "
      + "| \(summary.faults.count) |"
  }
}
