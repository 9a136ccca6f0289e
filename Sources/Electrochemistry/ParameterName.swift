/// A parameter that a twin can scale or fit, by its name in files and reports.
///
/// Names are BPX's fields as paths, and ours beside them. A factor multiplies the value of the
/// cell file, or its whole function.
public enum ParameterName: String, Sendable, CaseIterable, Hashable {
  /// Negative electrode: coating thickness, m.
  case negativeThickness = "negative_electrode.thickness"
  /// Negative electrode: effective electronic conductivity, S/m.
  case negativeConductivity = "negative_electrode.conductivity"
  /// Negative electrode: electrolyte volume fraction.
  case negativePorosity = "negative_electrode.porosity"
  /// Negative electrode: for ionic transport.
  case negativeTransportEfficiency = "negative_electrode.transport_efficiency"
  /// Negative electrode: 1/m.
  case negativeSurfaceAreaPerUnitVolume = "negative_electrode.surface_area_per_unit_volume"
  /// Negative electrode: active material left; multiplies the surface area.
  case negativeActiveFraction = "negative_electrode.active_fraction"
  /// Negative electrode: m; the surface area per volume stays, as two fields of the file do.
  case negativeParticleRadius = "negative_electrode.particle_radius"
  /// Negative electrode: mol/m3.
  case negativeMaximumConcentration = "negative_electrode.maximum_concentration"
  /// Negative electrode: of the particle, m2/s.
  case negativeDiffusivity = "negative_electrode.diffusivity"
  /// Negative electrode: J/mol.
  case negativeDiffusivityActivationEnergy = "negative_electrode.diffusivity_activation_energy"
  /// Negative electrode: mol/(m2 s).
  case negativeReactionRateConstant = "negative_electrode.reaction_rate_constant"
  /// Negative electrode: J/mol.
  case negativeReactionRateConstantActivationEnergy =
    "negative_electrode.reaction_rate_constant_activation_energy"
  /// Positive electrode: coating thickness, m.
  case positiveThickness = "positive_electrode.thickness"
  /// Positive electrode: effective electronic conductivity, S/m.
  case positiveConductivity = "positive_electrode.conductivity"
  /// Positive electrode: electrolyte volume fraction.
  case positivePorosity = "positive_electrode.porosity"
  /// Positive electrode: for ionic transport.
  case positiveTransportEfficiency = "positive_electrode.transport_efficiency"
  /// Positive electrode: 1/m.
  case positiveSurfaceAreaPerUnitVolume = "positive_electrode.surface_area_per_unit_volume"
  /// Positive electrode: active material left; multiplies the surface area.
  case positiveActiveFraction = "positive_electrode.active_fraction"
  /// Positive electrode: m; the surface area per volume stays, as two fields of the file do.
  case positiveParticleRadius = "positive_electrode.particle_radius"
  /// Positive electrode: mol/m3.
  case positiveMaximumConcentration = "positive_electrode.maximum_concentration"
  /// Positive electrode: of the particle, m2/s.
  case positiveDiffusivity = "positive_electrode.diffusivity"
  /// Positive electrode: J/mol.
  case positiveDiffusivityActivationEnergy = "positive_electrode.diffusivity_activation_energy"
  /// Positive electrode: mol/(m2 s).
  case positiveReactionRateConstant = "positive_electrode.reaction_rate_constant"
  /// Positive electrode: J/mol.
  case positiveReactionRateConstantActivationEnergy =
    "positive_electrode.reaction_rate_constant_activation_energy"
  /// Separator: thickness, m.
  case separatorThickness = "separator.thickness"
  /// Separator: electrolyte volume fraction.
  case separatorPorosity = "separator.porosity"
  /// Separator: for ionic transport.
  case separatorTransportEfficiency = "separator.transport_efficiency"
  /// Electrolyte: share of the current carried by lithium.
  case electrolyteCationTransferenceNumber = "electrolyte.cation_transference_number"
  /// Electrolyte: m2/s.
  case electrolyteDiffusivity = "electrolyte.diffusivity"
  /// Electrolyte: J/mol.
  case electrolyteDiffusivityActivationEnergy = "electrolyte.diffusivity_activation_energy"
  /// Electrolyte: S/m.
  case electrolyteConductivity = "electrolyte.conductivity"
  /// Electrolyte: J/mol.
  case electrolyteConductivityActivationEnergy = "electrolyte.conductivity_activation_energy"
  /// Cell: of one electrode pair, m2.
  case electrodeArea = "cell.electrode_area"
  /// Cell: Ohm.
  case contactResistance = "cell.contact_resistance"
  /// Cell: W/(m2 K).
  case heatTransferCoefficient = "cell.heat_transfer_coefficient"
  /// Cell: J/K.
  case heatCapacity = "cell.heat_capacity"
}
