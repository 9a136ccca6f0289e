public import Electrochemistry

/// What a bench may be asked to identify: ln of a factor on the cell file's value, each; but offsets, which are
/// in V or K.
public enum IdentifiedParameter: Sendable, Hashable {
  /// A value or a whole function of the cell file.
  case factor(ParameterName)
  /// The cyclable lithium. While it is not asked for, both electrodes start on the file's own line between
  /// empty and full; with it, the positive one holds what the negative one leaves of it.
  case lithiumInventory
  /// V, added to the positive open-circuit potential, and so to the voltage, at every charge: specimens' curves
  /// differ by some millivolts.
  case openCircuitOffset
  /// V, added to the negative open-circuit potential at every stoichiometry. The cell's voltage cannot tell it from
  /// the other; a reference electrode does.
  case negativeOpenCircuitOffset
  /// K, added to the ambient temperature of every record: what measures the room's air is not at the cell. It is
  /// the bench's, not the cell's: it goes into no asset.
  case ambientOffset

  /// By its name in files and reports; nil when there is none.
  public init?(name: String) {
    if name == Self.lithiumInventory.name {
      self = .lithiumInventory
    } else if name == Self.openCircuitOffset.name {
      self = .openCircuitOffset
    } else if name == Self.negativeOpenCircuitOffset.name {
      self = .negativeOpenCircuitOffset
    } else if name == Self.ambientOffset.name {
      self = .ambientOffset
    } else if let parameter = ParameterName(rawValue: name) {
      self = .factor(parameter)
    } else {
      return nil
    }
  }

  /// In files and reports.
  public var name: String {
    switch self {
    case .factor(let name): name.rawValue
    case .lithiumInventory: "lithium_inventory"
    case .openCircuitOffset: "positive_electrode.open_circuit_offset"
    case .negativeOpenCircuitOffset: "negative_electrode.open_circuit_offset"
    case .ambientOffset: "ambient_offset"
    }
  }

  /// Whether its value is added, in `unit`; else it is ln of a factor.
  public var isOffset: Bool { Self.offsets.contains(self) }

  private static let offsets: [Self] = [
    .openCircuitOffset, .negativeOpenCircuitOffset, .ambientOffset,
  ]

  /// Names of those that are no parameter of a cell file.
  public static let ownNames = ([.lithiumInventory] + offsets).map(\.name)

  /// Standard deviation before any data, of a cell of the file's type. Judgement: transport
  /// and kinetics scatter by factors between sources, capacities by per cent between cells.
  public var priorSD: Double {
    switch self {
    case .lithiumInventory: 0.1
    case .openCircuitOffset, .negativeOpenCircuitOffset: 5e-3
    case .ambientOffset: 3
    case .factor(let name):
      switch name {
      case .negativeDiffusivity, .positiveDiffusivity, .negativeReactionRateConstant,
        .positiveReactionRateConstant, .contactResistance:
        1
      case .electrolyteDiffusivity, .electrolyteConductivity, .heatTransferCoefficient,
        .negativeConductivity, .positiveConductivity:
        0.5
      case .negativeActiveFraction, .positiveActiveFraction, .negativeMaximumConcentration,
        .positiveMaximumConcentration, .negativeThickness, .positiveThickness, .electrodeArea:
        0.2
      default: 0.3
      }
    }
  }

  /// What its value is in; empty for a pure number.
  public var unit: String {
    switch self {
    case .lithiumInventory: ""
    case .openCircuitOffset, .negativeOpenCircuitOffset: "V"
    case .ambientOffset: "K"
    case .factor(let name): name.unit
    }
  }
}

extension ParameterName {
  /// As its documentation says.
  public var unit: String {
    switch self {
    case .negativeThickness, .positiveThickness, .separatorThickness, .negativeParticleRadius,
      .positiveParticleRadius:
      "m"
    case .negativeConductivity, .positiveConductivity, .electrolyteConductivity: "S/m"
    case .negativeSurfaceAreaPerUnitVolume, .positiveSurfaceAreaPerUnitVolume: "1/m"
    case .negativeMaximumConcentration, .positiveMaximumConcentration: "mol/m3"
    case .negativeDiffusivity, .positiveDiffusivity, .electrolyteDiffusivity: "m2/s"
    case .negativeReactionRateConstant, .positiveReactionRateConstant: "mol/(m2 s)"
    case .negativeDiffusivityActivationEnergy, .positiveDiffusivityActivationEnergy,
      .negativeReactionRateConstantActivationEnergy, .positiveReactionRateConstantActivationEnergy,
      .electrolyteDiffusivityActivationEnergy, .electrolyteConductivityActivationEnergy:
      "J/mol"
    case .electrodeArea: "m2"
    case .contactResistance: "Ohm"
    case .heatTransferCoefficient: "W/(m2 K)"
    case .heatCapacity: "J/K"
    case .negativePorosity, .positivePorosity, .separatorPorosity, .negativeTransportEfficiency,
      .positiveTransportEfficiency, .separatorTransportEfficiency, .negativeActiveFraction,
      .positiveActiveFraction, .electrolyteCationTransferenceNumber:
      ""
    }
  }
}
