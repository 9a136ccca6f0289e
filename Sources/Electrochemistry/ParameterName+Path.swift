extension ParameterName {
  /// Where the parameter lives.
  package var path: WritableKeyPath<CellParameters, Double> {
    switch self {
    case .negativeThickness: \.negative.thickness
    case .negativeConductivity: \.negative.conductivity
    case .negativePorosity: \.negative.porosity
    case .negativeTransportEfficiency: \.negative.transportEfficiency
    case .negativeSurfaceAreaPerUnitVolume: \.negative.surfaceAreaPerUnitVolume
    case .negativeActiveFraction: \.negative.activeFraction
    case .negativeParticleRadius: \.negative.particleRadius
    case .negativeMaximumConcentration: \.negative.maximumConcentration
    case .negativeDiffusivity: \.negative.diffusivity.factor
    case .negativeDiffusivityActivationEnergy: \.negative.diffusivityActivationEnergy
    case .negativeReactionRateConstant: \.negative.reactionRateConstant
    case .negativeReactionRateConstantActivationEnergy:
      \.negative.reactionRateConstantActivationEnergy
    case .positiveThickness: \.positive.thickness
    case .positiveConductivity: \.positive.conductivity
    case .positivePorosity: \.positive.porosity
    case .positiveTransportEfficiency: \.positive.transportEfficiency
    case .positiveSurfaceAreaPerUnitVolume: \.positive.surfaceAreaPerUnitVolume
    case .positiveActiveFraction: \.positive.activeFraction
    case .positiveParticleRadius: \.positive.particleRadius
    case .positiveMaximumConcentration: \.positive.maximumConcentration
    case .positiveDiffusivity: \.positive.diffusivity.factor
    case .positiveDiffusivityActivationEnergy: \.positive.diffusivityActivationEnergy
    case .positiveReactionRateConstant: \.positive.reactionRateConstant
    case .positiveReactionRateConstantActivationEnergy:
      \.positive.reactionRateConstantActivationEnergy
    case .separatorThickness: \.separator.thickness
    case .separatorPorosity: \.separator.porosity
    case .separatorTransportEfficiency: \.separator.transportEfficiency
    case .electrolyteCationTransferenceNumber: \.electrolyte.cationTransferenceNumber
    case .electrolyteDiffusivity: \.electrolyte.diffusivity.factor
    case .electrolyteDiffusivityActivationEnergy: \.electrolyte.diffusivityActivationEnergy
    case .electrolyteConductivity: \.electrolyte.conductivity.factor
    case .electrolyteConductivityActivationEnergy: \.electrolyte.conductivityActivationEnergy
    case .electrodeArea: \.electrodeArea
    case .contactResistance: \.contactResistance
    case .heatTransferCoefficient: \.heatTransferCoefficient
    case .heatCapacity: \.heatCapacity
    }
  }

  /// Position in `allCases`; a constant to the optimiser where the case is written out.
  @inline(__always)
  var ordinal: Int {
    switch self {
    case .negativeThickness: 0
    case .negativeConductivity: 1
    case .negativePorosity: 2
    case .negativeTransportEfficiency: 3
    case .negativeSurfaceAreaPerUnitVolume: 4
    case .negativeActiveFraction: 5
    case .negativeParticleRadius: 6
    case .negativeMaximumConcentration: 7
    case .negativeDiffusivity: 8
    case .negativeDiffusivityActivationEnergy: 9
    case .negativeReactionRateConstant: 10
    case .negativeReactionRateConstantActivationEnergy: 11
    case .positiveThickness: 12
    case .positiveConductivity: 13
    case .positivePorosity: 14
    case .positiveTransportEfficiency: 15
    case .positiveSurfaceAreaPerUnitVolume: 16
    case .positiveActiveFraction: 17
    case .positiveParticleRadius: 18
    case .positiveMaximumConcentration: 19
    case .positiveDiffusivity: 20
    case .positiveDiffusivityActivationEnergy: 21
    case .positiveReactionRateConstant: 22
    case .positiveReactionRateConstantActivationEnergy: 23
    case .separatorThickness: 24
    case .separatorPorosity: 25
    case .separatorTransportEfficiency: 26
    case .electrolyteCationTransferenceNumber: 27
    case .electrolyteDiffusivity: 28
    case .electrolyteDiffusivityActivationEnergy: 29
    case .electrolyteConductivity: 30
    case .electrolyteConductivityActivationEnergy: 31
    case .electrodeArea: 32
    case .contactResistance: 33
    case .heatTransferCoefficient: 34
    case .heatCapacity: 35
    }
  }
}
