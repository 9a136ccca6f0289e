public import Electrochemistry

/// A property of one cell that lasts from record to record, as a filter tracks it.
public enum CellConstant: Sendable, Hashable {
  /// Natural logarithm of the factor on a parameter of the cell file.
  case logFactor(ParameterName)
  /// Natural logarithm of the cyclable lithium, relative to the cell file's.
  case logLithiumInventory
  /// Series resistance on top of the cell file's, Ohm.
  case contactResistance
  /// Offset of the negative open-circuit potential, V.
  case negativeOffset
  /// Offset of the positive open-circuit potential, V.
  case positiveOffset

  /// As files and reports call it.
  public var name: String {
    switch self {
    case .logFactor(let parameter): parameter.rawValue
    case .logLithiumInventory: "lithium_inventory"
    case .contactResistance: "cell.contact_resistance"
    case .negativeOffset: "negative_electrode.open_circuit_offset"
    case .positiveOffset: "positive_electrode.open_circuit_offset"
    }
  }

  /// The constant of that name; nil when there is none.
  public init?(name: String) {
    let own: [CellConstant] = [
      .logLithiumInventory, .contactResistance, .negativeOffset, .positiveOffset,
    ]
    if let constant = own.first(where: { $0.name == name }) {
      self = constant
    } else if let parameter = ParameterName(rawValue: name) {
      self = .logFactor(parameter)
    } else {
      return nil
    }
  }

  /// What its value is in: `log factor`, `Ohm` or `V`.
  public var unit: String {
    switch self {
    case .logFactor, .logLithiumInventory: "log factor"
    case .contactResistance: "Ohm"
    case .negativeOffset, .positiveOffset: "V"
    }
  }
}
