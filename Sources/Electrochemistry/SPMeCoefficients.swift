import Kernels

/// What the equations multiply with, made once from the parameters; carries their derivatives.
struct SPMeCoefficients<S: Scalar>: Sendable {
  var negative: Electrode
  var positive: Electrode
  var separator: Porous
  /// (1 - t+) / (F A), mol/(m2 s) a unit of current: salt source of one electrode.
  var saltSource: S
  /// 2 (1 - t+) R / F, V/K.
  var concentrationFactor: S
  var diffusivityFactor: S
  var diffusivityActivation: S
  var conductivityFactor: S
  var conductivityActivation: S
  /// Concentration at which the conductivity is read, mol/m3.
  var ohmicConcentration: S
  var contactResistance: S
  /// h A, W/K.
  var cooling: S
  /// J/K.
  var heatCapacity: S

  /// Electrolyte's share of one domain.
  struct Porous: Sendable {
    /// m.
    var thickness: S
    /// Pore volume per area, m.
    var capacity: S
    /// Transport efficiency over thickness, 1/m.
    var conductance: S
  }

  struct Electrode: Sendable {
    var porous: Porous
    /// Diffusivity's factor over radius squared, 1/m2.
    var inverseRadiusSquared: S
    var diffusivityActivation: S
    /// d(mean stoichiometry)/dt / 3 for one ampere, 1/(A s); positive lithiates.
    var surfaceSource: S
    /// Overpotential = 2RT/F asinh(I / (this K(T) sqrt(...))), A.
    var exchangeCurrent: S
    var reactionActivation: S
    /// L / (3 sigma A), Ohm.
    var solidResistance: S
    /// L / (3 tau A), S/m Ohm: divide by conductivity.
    var ionicResistance: S
  }

  /// - Parameter value: the parameter's value, factors applied.
  @inline(__always)
  init(functions: ModelFunctions, value: (ParameterName) -> S) {
    let faraday = PhysicalConstants.faraday
    let area = value(.electrodeArea) * functions.electrodePairs
    func porous(_ thickness: S, _ porosity: S, _ efficiency: S) -> Porous {
      Porous(
        thickness: thickness, capacity: porosity * thickness, conductance: efficiency / thickness)
    }
    func electrode(
      _ part: Porous, _ efficiency: S, _ conductivity: S, _ surface: S, _ radius: S,
      _ concentration: S, _ diffusivity: S, _ diffusivityActivation: S, _ rate: S,
      _ rateActivation: S, sign: Double
    ) -> Electrode {
      let reacting = area * part.thickness * surface
      return Electrode(
        porous: part, inverseRadiusSquared: diffusivity / (radius * radius),
        diffusivityActivation: diffusivityActivation,
        surfaceSource: S(sign) / (reacting * concentration * radius * faraday),
        exchangeCurrent: reacting * rate * (2 * faraday), reactionActivation: rateActivation,
        solidResistance: part.thickness / (conductivity * area * 3),
        ionicResistance: part.thickness / (efficiency * area * 3))
    }
    negative = electrode(
      porous(
        value(.negativeThickness), value(.negativePorosity), value(.negativeTransportEfficiency)),
      value(.negativeTransportEfficiency), value(.negativeConductivity),
      value(.negativeSurfaceAreaPerUnitVolume) * value(.negativeActiveFraction),
      value(.negativeParticleRadius), value(.negativeMaximumConcentration),
      value(.negativeDiffusivity), value(.negativeDiffusivityActivationEnergy),
      value(.negativeReactionRateConstant), value(.negativeReactionRateConstantActivationEnergy),
      sign: 1)
    positive = electrode(
      porous(
        value(.positiveThickness), value(.positivePorosity), value(.positiveTransportEfficiency)),
      value(.positiveTransportEfficiency), value(.positiveConductivity),
      value(.positiveSurfaceAreaPerUnitVolume) * value(.positiveActiveFraction),
      value(.positiveParticleRadius), value(.positiveMaximumConcentration),
      value(.positiveDiffusivity), value(.positiveDiffusivityActivationEnergy),
      value(.positiveReactionRateConstant), value(.positiveReactionRateConstantActivationEnergy),
      sign: -1)
    separator = porous(
      value(.separatorThickness), value(.separatorPorosity), value(.separatorTransportEfficiency))
    let anions = 1 - value(.electrolyteCationTransferenceNumber)
    saltSource = anions / (area * faraday)
    concentrationFactor = anions * (2 * PhysicalConstants.gas / faraday)
    diffusivityFactor = value(.electrolyteDiffusivity)
    diffusivityActivation = value(.electrolyteDiffusivityActivationEnergy)
    conductivityFactor = value(.electrolyteConductivity)
    conductivityActivation = value(.electrolyteConductivityActivationEnergy)
    ohmicConcentration = Self.ohmicConcentration(
      rest: functions.initialConcentration,
      (value(.negativeThickness), value(.negativePorosity)),
      (value(.separatorThickness), value(.separatorPorosity)),
      (value(.positiveThickness), value(.positivePorosity)))
    contactResistance = value(.contactResistance)
    cooling = value(.heatTransferCoefficient) * functions.coolingArea
    heatCapacity = value(.heatCapacity)
    separatorResistance =
      value(.separatorThickness) / (value(.separatorTransportEfficiency) * area)
  }

  /// Mean salt per volume times mean reciprocal porosity: constant, and c0 for equal porosities.
  ///
  /// Marquis takes c0, the conserved mean over the pores; PyBaMM 26.10 this (its x-average of
  /// (porosity c)/porosity factors), 3.6 % more for Chen2020. We follow the code that the
  /// trajectories come from; the two differ by 0.1 mV at 2C there.
  @inline(__always)
  private static func ohmicConcentration(
    rest: Double, _ n: (S, S), _ s: (S, S), _ p: (S, S)
  ) -> S {
    let length = n.0 + s.0 + p.0
    let pores = n.0 * n.1 + s.0 * s.1 + p.0 * p.1
    let reciprocals = n.0 / n.1 + s.0 / s.1 + p.0 / p.1
    return pores * reciprocals * rest / (length * length)
  }

  /// L / (tau A) of the separator, S/m Ohm: divide by conductivity.
  var separatorResistance: S

  /// exp(Ea/R (1/Tref - 1/T)); exactly 1 without activation energy.
  @inline(__always)
  static func arrhenius(_ energy: S, _ temperature: S, reference: Double) -> S {
    if energy.isZero { return S(1) }
    return S.exponential(
      energy * (1 / reference - S.reciprocal(temperature)) * (1 / PhysicalConstants.gas))
  }
}
