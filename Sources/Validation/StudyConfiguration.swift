package import Estimation

extension StudyPlant.Kind {
  /// What a lab knows of such a bench and cell: the sensors' sd, and how far specimens and curves are apart.
  package func configuration(_ filter: FilterKind, _ model: FilterModel) -> EstimatorConfiguration {
    var c = EstimatorConfiguration()
    c.filter = filter
    c.model = model
    // No such errors are put into either plant's thermometer.
    c.temperatureOffsetSD = 0.02
    guard self == .mismatched else {
      c.discrepancySD = 0.2e-3
      c.separatorDiscrepancySD = 0
      return c
    }
    for index in c.parameters.indices { c.parameters[index].logSD = 0.2 }
    c.contactResistanceSD = 5e-3
    c.negativeOffsetSD = 5e-3
    c.positiveOffsetSD = 5e-3
    c.discrepancySD = model == .dfn ? 2e-3 : 5e-3
    c.voltageNoise = 2e-3
    c.currentScaleSD = 2e-3
    c.temperatureNoise = 0.3
    c.ambientOffsetSD = 3
    c.separatorDiscrepancySD = model == .dfn ? 1e-3 : 9e-3
    return c
  }
}
