import Electrochemistry
import Estimation
import Protocols

/// A cell that is predicted, and from where.
struct PredictionSubject {
  /// As the user called it.
  let name: String
  let cell: CellParameters
  var configuration: EstimatorConfiguration
  /// Of an asset.
  var version: Int?
  /// Of the state of charge that the user gave and reads.
  var scale = StateOfChargeScale.file
  /// As the user gave it.
  var charge = 0.0
  /// s.
  var duration = 0.0
  /// s.
  var period = 0.0
  /// K.
  var ambient = 298.15
  /// Of the cell at the start, K.
  var temperature = 298.15

  init(name: String, cell: CellParameters, configuration: EstimatorConfiguration) {
    self.name = name
    self.cell = cell
    self.configuration = configuration
  }
}

/// What is done to it.
enum PredictionCourse {
  case current(CurrentValue)
  case steps([ProtocolStep])
}
