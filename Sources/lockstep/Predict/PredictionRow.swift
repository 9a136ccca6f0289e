import DigitalTwin
import Estimation

/// The cell at one instant of a prediction: moments, and edges of 95 % bands.
struct PredictionRow {
  /// A quantity.
  struct Quantity {
    var normal: Normal
    /// What half of the probability lies below.
    var middle: Double
    var low: Double
    var high: Double

    var mean: Double { normal.mean }
    var sd: Double { normal.sd }

    /// Of a normal belief.
    init(_ normal: Normal) {
      self.normal = normal
      middle = normal.mean
      low = normal.mean - CellPrediction.edge * normal.sd
      high = normal.mean + CellPrediction.edge * normal.sd
    }

    /// Of an ensemble.
    init(_ band: EnsemblePrediction.Band) {
      normal = band.normal
      middle = band.median
      low = band.low
      high = band.high
    }

    /// On another scale: (value - zero) / unit.
    func scaled(zero: Double, unit: Double) -> Quantity {
      var copy = self
      copy.normal = Normal((normal.mean - zero) / unit, sd: normal.sd / unit)
      copy.middle = (middle - zero) / unit
      copy.low = (low - zero) / unit
      copy.high = (high - zero) / unit
      return copy
    }
  }

  /// s.
  var time: Double
  /// A.
  var current: Double
  /// V.
  var voltage: Quantity
  /// K.
  var temperature: Quantity
  /// On the user's scale.
  var stateOfCharge: Quantity
  /// V.
  var separator: Quantity
  /// 0 to 1.
  var negativeSurface: Quantity
  /// 0 to 1.
  var positiveSurface: Quantity

  init(_ row: CellPrediction.Row, current: Double, scale: StateOfChargeScale) {
    let belief = row.belief
    time = row.time
    self.current = current
    voltage = Quantity(belief.voltage)
    temperature = Quantity(belief.temperature)
    stateOfCharge = Quantity(scale.present(belief.stateOfCharge))
    separator = Quantity(belief.negativePotentialAtSeparator)
    negativeSurface = Quantity(belief.negativeSurfaceStoichiometry)
    positiveSurface = Quantity(belief.positiveSurfaceStoichiometry)
  }

  init(_ prediction: EnsemblePrediction, row: Int, scale: StateOfChargeScale) {
    func quantity(_ quantity: EnsemblePrediction.Quantity) -> Quantity {
      Quantity(prediction.band(quantity, row: row))
    }
    time = prediction.times[row]
    current = quantity(.current).mean
    voltage = quantity(.voltage)
    temperature = quantity(.temperature)
    stateOfCharge = quantity(.stateOfCharge).scaled(
      zero: scale.empty, unit: scale.full - scale.empty)
    separator = quantity(.negativePotentialAtSeparator)
    negativeSurface = quantity(.negativeSurfaceStoichiometry)
    positiveSurface = quantity(.positiveSurfaceStoichiometry)
  }
}
