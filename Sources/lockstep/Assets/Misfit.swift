import Estimation
import Protocols
import Quantities

/// How well a cell file is taken to fit the cell at hand.
enum Misfit {
  /// Priors and noise: of any cell of the type, or, with `text` ("2 mV", of `--discrepancy`), of a cell that
  /// the file was fitted to.
  static func configuration(_ text: String?) throws -> EstimatorConfiguration {
    guard let text else { return .unfamiliarCell }
    guard let sd = QuantityText.parse(text, as: Volts.self)?.value, sd > 0, sd <= 1 else {
      throw CommandFailure(
        status: 2, message: "--discrepancy \(text): must be above 0 V, to 1 V, as in \"2 mV\"")
    }
    var configuration = EstimatorConfiguration()
    configuration.discrepancySD = sd
    return configuration
  }
}
