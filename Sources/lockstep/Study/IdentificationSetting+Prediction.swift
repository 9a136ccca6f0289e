import Foundation
import Identification

extension IdentificationSetting {
  /// V, root mean square over records of a fit to others, each record's charge at its start fitted; nil when
  /// there is no fit.
  func predictionError(
    fitting: [Source], predicting: [Source], _ model: RunModel
  ) -> Double? {
    var fit = CellIdentification(
      cell, parameters + nuisance(model, fitting, curveIsOwn: false), fitting.map { record($0) },
      model: model)
    guard let found = fit.run(starts: 1) else { return nil }
    var squares = 0.0
    for source in predicting {
      // A record that the fit cannot follow at all is the fit's failure.
      guard let error = fit.predicting(record(source), found).fittedStart?.voltageRMS else {
        return nil
      }
      squares += error * error
    }
    return (squares / Double(max(predicting.count, 1))).squareRoot()
  }
}
