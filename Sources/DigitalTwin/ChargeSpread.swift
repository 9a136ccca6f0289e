import Estimation
import Prescription

/// Standard deviations of what a charge is bound by, over the current, as the filter believes them now.
///
/// Linearised at three currents: the slopes of an output are nearly linear in the current, its variance a
/// parabola.
struct ChargeSpread: Sendable {
  var voltage: VarianceParabola
  /// K.
  var temperature: Double
  var potential: VarianceParabola

  /// - Parameters:
  ///   - ceiling: largest current asked for, A, above 0.
  ///   - ambient: K.
  /// - Throws: where the filter has no covariance at any current that may flow.
  init(_ filter: inout CellFilter?, ceiling: Double, ambient: Double) throws {
    // A ceiling can lie outside the model's range near the end of a charge: then look lower.
    var high = ceiling
    var found: CellBelief?
    while found == nil {
      do {
        found = try filter?.belief(CellInput(current: high, ambient: ambient))
        guard filter != nil else { throw TwinError("twin: no filter") }
      } catch {
        high *= 0.5
        guard high > ceiling / 50 else { throw error }
      }
    }
    guard let top = found,
      let middle = try filter?.belief(CellInput(current: high / 2, ambient: ambient)),
      let rest = try filter?.belief(CellInput(current: 0, ambient: ambient))
    else { throw TwinError("twin: no belief at \(ceiling) A") }
    voltage = VarianceParabola(high, rest.voltage.sd, middle.voltage.sd, top.voltage.sd)
    temperature = top.temperature.sd
    potential = VarianceParabola(
      high, rest.negativePotentialAtSeparator.sd, middle.negativePotentialAtSeparator.sd,
      top.negativePotentialAtSeparator.sd)
  }

  /// The worst of two instants under one current.
  func worst(
    _ start: CellForecast.Instant, _ end: CellForecast.Instant, current: Double
  ) -> ChargeForecast {
    ChargeForecast(
      voltage: max(start.voltage, end.voltage), voltageSD: voltage.sd(current),
      temperature: max(start.temperature, end.temperature) - 273.15, temperatureSD: temperature,
      negativePotential: min(
        start.negativePotentialAtSeparator, end.negativePotentialAtSeparator),
      negativePotentialSD: potential.sd(current))
  }

  /// What one current would do within `period`, s; nil where the model has no answer.
  func worst(
    _ forecast: inout CellForecast, current: Double, period: Double
  ) -> ChargeForecast? {
    guard let start = forecast.now(current), let end = forecast.after(period, current) else {
      return nil
    }
    return worst(start, end, current: current)
  }
}
