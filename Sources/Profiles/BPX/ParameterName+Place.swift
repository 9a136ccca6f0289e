import Electrochemistry

extension ParameterName {
  /// Where the parameter stands in a BPX file, key by key.
  var place: [String] {
    let (part, field) = bpxField
    switch part {
    case .thermal: return ["State", "Thermal environment", field]
    case .section(let section): return ["Parameterisation", section, field]
    }
  }

  private enum Part {
    case section(String)
    case thermal
  }

  private var bpxField: (Part, String) {
    switch self {
    case .negativeThickness: (.section("Negative electrode"), "Thickness [m]")
    case .negativeConductivity: (.section("Negative electrode"), "Conductivity [S.m-1]")
    case .negativePorosity: (.section("Negative electrode"), "Porosity")
    case .negativeTransportEfficiency: (.section("Negative electrode"), "Transport efficiency")
    case .negativeSurfaceAreaPerUnitVolume, .negativeActiveFraction:
      (.section("Negative electrode"), "Surface area per unit volume [m-1]")
    case .negativeParticleRadius: (.section("Negative electrode"), "Particle radius [m]")
    case .negativeMaximumConcentration:
      (.section("Negative electrode"), "Maximum concentration [mol.m-3]")
    case .negativeDiffusivity: (.section("Negative electrode"), "Diffusivity [m2.s-1]")
    case .negativeDiffusivityActivationEnergy:
      (.section("Negative electrode"), "Diffusivity activation energy [J.mol-1]")
    case .negativeReactionRateConstant:
      (.section("Negative electrode"), "Reaction rate constant [mol.m-2.s-1]")
    case .negativeReactionRateConstantActivationEnergy:
      (.section("Negative electrode"), "Reaction rate constant activation energy [J.mol-1]")
    case .positiveThickness: (.section("Positive electrode"), "Thickness [m]")
    case .positiveConductivity: (.section("Positive electrode"), "Conductivity [S.m-1]")
    case .positivePorosity: (.section("Positive electrode"), "Porosity")
    case .positiveTransportEfficiency: (.section("Positive electrode"), "Transport efficiency")
    case .positiveSurfaceAreaPerUnitVolume, .positiveActiveFraction:
      (.section("Positive electrode"), "Surface area per unit volume [m-1]")
    case .positiveParticleRadius: (.section("Positive electrode"), "Particle radius [m]")
    case .positiveMaximumConcentration:
      (.section("Positive electrode"), "Maximum concentration [mol.m-3]")
    case .positiveDiffusivity: (.section("Positive electrode"), "Diffusivity [m2.s-1]")
    case .positiveDiffusivityActivationEnergy:
      (.section("Positive electrode"), "Diffusivity activation energy [J.mol-1]")
    case .positiveReactionRateConstant:
      (.section("Positive electrode"), "Reaction rate constant [mol.m-2.s-1]")
    case .positiveReactionRateConstantActivationEnergy:
      (.section("Positive electrode"), "Reaction rate constant activation energy [J.mol-1]")
    case .separatorThickness: (.section("Separator"), "Thickness [m]")
    case .separatorPorosity: (.section("Separator"), "Porosity")
    case .separatorTransportEfficiency: (.section("Separator"), "Transport efficiency")
    case .electrolyteCationTransferenceNumber:
      (.section("Electrolyte"), "Cation transference number")
    case .electrolyteDiffusivity: (.section("Electrolyte"), "Diffusivity [m2.s-1]")
    case .electrolyteDiffusivityActivationEnergy:
      (.section("Electrolyte"), "Diffusivity activation energy [J.mol-1]")
    case .electrolyteConductivity: (.section("Electrolyte"), "Conductivity [S.m-1]")
    case .electrolyteConductivityActivationEnergy:
      (.section("Electrolyte"), "Conductivity activation energy [J.mol-1]")
    case .electrodeArea: (.section("Cell"), "Electrode area [m2]")
    case .contactResistance: (.section("User-defined"), OwnField.contactResistance)
    case .heatTransferCoefficient: (.thermal, "Heat transfer coefficient [W.m-2.K-1]")
    case .heatCapacity: (.section("Cell"), "Specific heat capacity [J.K-1.kg-1]")
    }
  }
}
