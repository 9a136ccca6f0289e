extension ParameterName {
  /// Whether the parameter has an activation energy of its own.
  package var followsArrhenius: Bool {
    switch self {
    case .negativeDiffusivity, .positiveDiffusivity, .negativeReactionRateConstant,
      .positiveReactionRateConstant, .electrolyteDiffusivity, .electrolyteConductivity:
      true
    default: false
    }
  }
}
