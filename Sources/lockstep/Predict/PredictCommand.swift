import ArgumentParser
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Profiles
import Protocols
import Quantities

/// What if: a cell under a constant current, with bands.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "What a cell would do under a current, with 95 % bands.",
    discussion: """
      From a rested cell of the file's type: state of charge, parameters, open-circuit offsets and what the \
      model does not explain are uncertain. Positive current charges. Also says when the cell's cut-off \
      voltages and a plating margin of zero are met.

      Example: lockstep predict --cell chen2020 --soc 0.4 --current 2C --for "5 min"
      """)

  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String

  @Option(help: ArgumentHelp("State of charge, 0..1 or \"50 %\".", valueName: "soc"))
  var soc: String

  @Option(
    name: .customLong("soc-sd"),
    help: ArgumentHelp("Its standard deviation, 0..1 or a percentage.", valueName: "sd"))
  var socSD = "1 %"

  @Option(help: ArgumentHelp("Current: \"2 A\", \"-1C\", \"C/3\".", valueName: "current"))
  var current: String

  @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "time"))
  var duration: String

  @Option(help: ArgumentHelp("Time between rows, s; a sixtieth of the whole.", valueName: "s"))
  var period: Double?

  @Option(help: ArgumentHelp("Ambient temperature, degC.", valueName: "degC"))
  var ambient = 25.0

  @Option(help: ArgumentHelp("Cell temperature at the start, degC; ambient.", valueName: "degC"))
  var temperature: Double?

  @Option(help: ArgumentHelp("Where to write the twin CSV.", valueName: "file"))
  var out: String?

  @OptionGroup var output: JSONOption

  func run() throws {
    let parameters = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: cell))
    var configuration = EstimatorConfiguration.unfamiliarCell
    configuration.filter = .unscented
    configuration.stateOfCharge = try Fraction.parse(soc, "--soc", 0...1)
    configuration.stateOfChargeSD = try Fraction.parse(socSD, "--soc-sd", 1e-6...1)
    let seconds = try time()
    let spacing = period ?? seconds / 60
    guard spacing > 0, spacing.isFinite, seconds / spacing <= 1e6 else {
      throw CommandFailure(
        status: 2, message: "--period \(spacing): must be above 0 s, 10^6 rows at most")
    }
    let prediction: CellPrediction
    let air = try kelvin(ambient, "--ambient")
    do {
      prediction = try CellPrediction(
        cell: parameters, configuration: configuration, current: try amperes(parameters),
        temperature: try temperature.map { try kelvin($0, "--temperature") } ?? air, ambient: air,
        duration: seconds, period: spacing)
    } catch let error as EstimationError {
      throw CommandFailure(status: 4, message: "\(cell): \(error)")
    }
    if let out {
      do { try AtomicFile.write(PredictionReport.table(prediction), to: out) } catch {
        throw CommandFailure(status: 2, message: "--out: \(error)")
      }
    }
    if let failure = prediction.failure {
      throw CommandFailure(status: 4, message: "\(cell), \(failure)")
    }
    let report = PredictionReport(prediction, parameters)
    if output.json { try JSONOption.print(report) } else { print(report.text) }
  }

  private func time() throws -> Double {
    guard let value = QuantityText.parse(duration, as: Seconds.self)?.value, value > 0,
      value <= 86_400 * 30
    else {
      throw CommandFailure(
        status: 2, message: "--for \(duration): must be a time up to 30 days, as in \"5 min\"")
    }
    return value
  }

  private func amperes(_ parameters: CellParameters) throws -> Double {
    guard let value = CurrentValue(current) else {
      throw CommandFailure(
        status: 2, message: "--current \(current): must be \(CurrentValue.wanted)")
    }
    return value.amperes(nominal: parameters.nominalCapacity).value
  }

  private func kelvin(_ celsius: Double, _ option: String) throws -> Double {
    guard (-60...100).contains(celsius) else {
      throw CommandFailure(status: 2, message: "\(option) \(celsius): must be -60 to 100 degC")
    }
    return celsius + 273.15
  }
}
