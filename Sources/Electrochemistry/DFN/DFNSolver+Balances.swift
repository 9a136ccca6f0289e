import Kernels

extension DFNSolver {
  /// Lithium in each electrode, A h, and salt in the pores, mol.
  package var contents: CellContents {
    let (layout, area) = (system.layout, system.coefficients.area)
    func lithium(_ electrode: PorousElectrode, _ shells: Int) -> Double {
      // 1 / surfaceSource is a F c_max R; a R / 3 is the volume fraction of the particles.
      electrode.meanStoichiometry(y.lanes + shells) * area * electrode.coefficients.thickness
        / (3 * electrode.coefficients.surfaceSource) / 3600
    }
    let levels = saltLevels
    func pores(_ levels: [Double], _ widths: [Double], _ porosity: Double) -> Double {
      porosity * zip(levels, widths).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let c = system.coefficients
    let separator = system.separator
    let salt =
      pores(
        levels.negative, (0..<system.negative.count).map { system.negative.width.numbers[$0] },
        c.negative.porosity)
      + pores(
        levels.separator, Array(repeating: separator.width, count: separator.count),
        c.separatorPorosity)
      + pores(
        levels.positive, (0..<system.positive.count).map { system.positive.width.numbers[$0] },
        c.positive.porosity)
    return CellContents(
      negativeLithium: lithium(system.negative, layout.negativeShells),
      positiveLithium: lithium(system.positive, layout.positiveShells),
      salt: salt * area * system.functions.initialConcentration)
  }

  /// What the reactions store now, W: the integral of a F j U over both electrodes, U at the
  /// particles' surfaces and the present temperature.
  package func storedPower() throws(ModelError) -> Double {
    _ = try row()
    return system.coefficients.area
      * (system.negative.storedPower + system.positive.storedPower)
  }
}

extension PorousElectrode {
  /// Integral of a F j U, W/m2; U is what `evaluate` left without the overpotential.
  fileprivate var storedPower: Double {
    (0..<count).reduce(0) { sum, i in
      sum + reaction.numbers[i] * width.numbers[i]
        * (difference.numbers[i] - overpotential.numbers[i])
    }
  }
}
