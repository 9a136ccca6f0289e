import Electrochemistry

extension CellParameters {
  /// Adds to an activation energy, J/mol.
  mutating func add(_ energy: Double, toActivationEnergy name: ParameterName) {
    guard let path = Self.activationEnergyPath(name) else { return }
    self[keyPath: path] += energy
  }

  /// J/mol; 0 of what has none.
  func activationEnergy(_ name: ParameterName) -> Double {
    Self.activationEnergyPath(name).map { self[keyPath: $0] } ?? 0
  }

  private static func activationEnergyPath(
    _ name: ParameterName
  ) -> WritableKeyPath<CellParameters, Double>? {
    switch name {
    case .negativeDiffusivityActivationEnergy: \.negative.diffusivityActivationEnergy
    case .negativeReactionRateConstantActivationEnergy:
      \.negative.reactionRateConstantActivationEnergy
    case .positiveDiffusivityActivationEnergy: \.positive.diffusivityActivationEnergy
    case .positiveReactionRateConstantActivationEnergy:
      \.positive.reactionRateConstantActivationEnergy
    case .electrolyteDiffusivityActivationEnergy: \.electrolyte.diffusivityActivationEnergy
    case .electrolyteConductivityActivationEnergy: \.electrolyte.conductivityActivationEnergy
    default: nil
    }
  }
}
