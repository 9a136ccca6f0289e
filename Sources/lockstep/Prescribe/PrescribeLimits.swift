import ArgumentParser
import Electrochemistry
import Prescription
import Profiles
import Protocols
import Quantities

/// What a prescription must keep.
struct PrescribeLimits: ParsableArguments {
  @Option(
    name: .customLong("max-current"),
    help: ArgumentHelp("Largest current, \"6 A\" or \"1.2C\".", valueName: "current"))
  var current = "1C"

  @Option(
    name: .customLong("max-voltage"),
    help: ArgumentHelp("Highest voltage; the cell's own.", valueName: "voltage"))
  var voltage: String?

  @Option(
    name: .customLong("max-temperature"),
    help: ArgumentHelp("Highest cell temperature, \"45 degC\" or 45.", valueName: "temperature"))
  var temperature = "45 degC"

  @Option(
    name: .customLong("plating-margin"),
    help: ArgumentHelp("Kept at the negative electrode, as in \"10 mV\".", valueName: "voltage"))
  var platingMargin = "10 mV"

  @Option(
    help: ArgumentHelp(
      "Limits file of the cell, by name or path: its charge current and windows.",
      valueName: "limits"))
  var limits: String?

  @Option(help: ArgumentHelp("Standard deviations that every bound keeps off.", valueName: "sd"))
  var confidence = 2.0

  /// Of the limits file; nil: none is given.
  func path() throws -> String? {
    try limits.map { try ShippedProfiles.locate(kind: .limits, name: $0) }
  }

  func limits(_ known: PrescribeSubject.Known) throws -> ChargeLimits {
    let cell = known.cell
    let file = try path().map { try LimitsFile(path: $0) }
    var amperes = try Self.amperes(current, "--max-current", cell)
    var volts =
      try voltage.map { try Self.volts($0, "--max-voltage", 0.5...5, as: "4.1 V") }
      ?? cell.upperVoltageCutoff.value
    guard volts <= cell.upperVoltageCutoff.value else {
      throw CommandFailure(
        status: 2,
        message: "--max-voltage \(voltage ?? ""): the cell's is \(cell.upperVoltageCutoff)")
    }
    guard let celsius = Self.celsius(temperature), (-40...100).contains(celsius) else {
      throw CommandFailure(
        status: 2,
        message: "--max-temperature \(temperature): must be -40 to 100 degC, as in \"45 degC\"")
    }
    guard celsius > known.temperature - 273.15 else {
      throw CommandFailure(
        status: 2,
        message: "--max-temperature \(temperature): the cell starts at "
          + "\(known.temperature - 273.15) degC")
    }
    guard (0...6).contains(confidence) else {
      throw CommandFailure(status: 2, message: "--confidence \(confidence): must be 0 to 6")
    }
    var hot = celsius
    if let file {
      volts = min(volts, file.voltage.upperBound.value)
      hot = min(hot, file.chargeTemperature.upperBound.value)
      let start = known.temperature - 273.15
      guard file.chargeTemperature.contains(Celsius(start)) else {
        throw CommandFailure(
          status: 2,
          message: "--temperature \(start): \(file.path) allows a charge from "
            + "\(file.chargeTemperature.lowerBound) to \(file.chargeTemperature.upperBound)")
      }
      // The row that the cell starts in; a warmer one may allow more, which is not used.
      let rows = file.layer.chargeCurrent.filter {
        $0.from.value <= start && start <= $0.to.value
      }
      if let least = rows.map(\.current.value).min() { amperes = min(amperes, least) }
    }
    return ChargeLimits(
      current: Amperes(amperes), voltage: Volts(volts), temperature: Celsius(hot),
      platingMargin: Volts(try Self.volts(platingMargin, "--plating-margin", 0...0.2, as: "10 mV")),
      targetStateOfCharge: StateOfCharge(known.target), confidence: confidence)
  }

  /// Of a charge current, C.
  private static let highestRate = 20.0

  static func amperes(_ text: String, _ option: String, _ cell: CellParameters) throws -> Double {
    let value: Double? =
      switch CurrentValue(text) {
      case .amperes(let amperes): amperes.value
      case .rate(let rate): rate * cell.nominalCapacity.value
      case nil: nil
      }
    // The search for the fastest pair divides what is allowed: it must be of the cell's own size.
    guard let value, value > 0, value <= highestRate * cell.nominalCapacity.value else {
      throw CommandFailure(
        status: 2,
        message: "\(option) \(text): must be \(CurrentValue.wanted), above 0, "
          + "\(Int(highestRate))C at most")
    }
    return value
  }

  static func volts(
    _ text: String, _ option: String, _ range: ClosedRange<Double>, as example: String
  ) throws -> Double {
    guard let value = QuantityText.parse(text, as: Volts.self)?.value, range.contains(value) else {
      throw CommandFailure(
        status: 2,
        message: "\(option) \(text): must be \(range.lowerBound) to \(range.upperBound) V, as in "
          + "\"\(example)\"")
    }
    return value
  }

  private static func celsius(_ text: String) -> Double? {
    Double(text) ?? QuantityText.parse(text, as: Celsius.self)?.value
  }
}
