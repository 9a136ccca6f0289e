import Electrochemistry
import Simulation

extension SimulateCommand {
  private static let temperatures = -60.0...100.0

  /// Where the cell starts and what it is held to.
  func setting(_ cell: CellParameters) throws -> ExperimentSetting {
    guard period > 0, period.isFinite else { throw refused("--period \(period)", "above 0 s") }
    let ambient =
      try kelvins(self.ambient, "--ambient") ?? cell.ambientTemperature
    let temperature = try kelvins(self.temperature, "--temperature") ?? ambient
    if thermal == SPMe.Thermal.isothermal.rawValue, temperature != ambient {
      throw refused(
        "--temperature \(temperature - 273.15)",
        "the ambient temperature, \(ambient - 273.15) degC, in an isothermal run; "
          + "--thermal lumped lets it differ")
    }
    switch (negativeStoichiometry, positiveStoichiometry) {
    case (let negative?, let positive?):
      guard soc == nil else {
        throw CommandFailure(
          status: 2, message: "--soc \(soc ?? ""): not with stoichiometries: one of them is wanted")
      }
      try checkStoichiometry(negative, "--negative-stoichiometry")
      try checkStoichiometry(positive, "--positive-stoichiometry")
      return ExperimentSetting(
        cell, negativeStoichiometry: negative, positiveStoichiometry: positive,
        temperature: temperature, ambient: ambient, period: period)
    case (nil, nil):
      return ExperimentSetting(
        cell, stateOfCharge: try soc.map { try Fraction.parse($0, "--soc", 0...1) } ?? 1,
        temperature: temperature, ambient: ambient, period: period)
    case (_?, nil):
      throw CommandFailure(
        status: 2, message: "--negative-stoichiometry: --positive-stoichiometry is wanted with it")
    case (nil, _?):
      throw CommandFailure(
        status: 2, message: "--positive-stoichiometry: --negative-stoichiometry is wanted with it")
    }
  }

  private func kelvins(_ celsius: Double?, _ option: String) throws -> Double? {
    guard let celsius else { return nil }
    guard Self.temperatures.contains(celsius) else {
      let hint = (213.15...373.15).contains(celsius) ? " (kelvin?)" : ""
      throw refused("\(option) \(celsius)\(hint)", "-60 to 100 degC")
    }
    return celsius + 273.15
  }

  private func checkStoichiometry(_ value: Double, _ option: String) throws {
    guard value > 0, value < 1 else { throw refused("\(option) \(value)", "above 0, below 1") }
  }

  func refused(_ what: String, _ allowed: String) -> CommandFailure {
    CommandFailure(status: 2, message: "\(what): must be \(allowed)")
  }
}
