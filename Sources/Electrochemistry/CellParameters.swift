public import Quantities

/// Everything the models know of a cell, SI units, functions as curves made at load.
public struct CellParameters: Sendable {
  /// The file's title.
  public var title: String
  /// Where the values come from; empty when the file does not say.
  public var references: String
  /// Rated capacity; defines C-rates.
  public var nominalCapacity: AmpereHours
  /// Discharge ends here.
  public var lowerVoltageCutoff: Volts
  /// Charge ends here.
  public var upperVoltageCutoff: Volts
  /// Area of one electrode pair, m2.
  public var electrodeArea: Double
  /// Electrode pairs in parallel.
  public var electrodePairs: Int
  /// Temperature at which functions and rate constants hold, K.
  public var referenceTemperature: Double
  /// Heat capacity of the whole cell, J/K.
  public var heatCapacity: Double
  /// Cooled surface, m2.
  public var coolingArea: Double
  /// Between that surface and ambient, W/(m2 K).
  public var heatTransferCoefficient: Double
  /// In series with the cell, Ohm; its heat goes into the cell.
  public var contactResistance: Double
  /// State of charge that the file starts from.
  public var initialStateOfCharge: Double
  /// Cell temperature that the file starts from, K.
  public var initialTemperature: Double
  /// Ambient temperature that the file gives, K.
  public var ambientTemperature: Double
  /// The electrode that is the anode on discharge.
  public var negative: ElectrodeParameters
  /// The other electrode.
  public var positive: ElectrodeParameters
  /// Between them.
  public var separator: SeparatorParameters
  /// In all three.
  public var electrolyte: ElectrolyteParameters

  /// All fields, SI units.
  public init(
    title: String, references: String = "", nominalCapacity: AmpereHours,
    lowerVoltageCutoff: Volts, upperVoltageCutoff: Volts, electrodeArea: Double,
    electrodePairs: Int, referenceTemperature: Double, heatCapacity: Double, coolingArea: Double,
    heatTransferCoefficient: Double, contactResistance: Double = 0,
    initialStateOfCharge: Double = 1, initialTemperature: Double, ambientTemperature: Double,
    negative: ElectrodeParameters, positive: ElectrodeParameters, separator: SeparatorParameters,
    electrolyte: ElectrolyteParameters
  ) {
    self.title = title
    self.references = references
    self.nominalCapacity = nominalCapacity
    self.lowerVoltageCutoff = lowerVoltageCutoff
    self.upperVoltageCutoff = upperVoltageCutoff
    self.electrodeArea = electrodeArea
    self.electrodePairs = electrodePairs
    self.referenceTemperature = referenceTemperature
    self.heatCapacity = heatCapacity
    self.coolingArea = coolingArea
    self.heatTransferCoefficient = heatTransferCoefficient
    self.contactResistance = contactResistance
    self.initialStateOfCharge = initialStateOfCharge
    self.initialTemperature = initialTemperature
    self.ambientTemperature = ambientTemperature
    self.negative = negative
    self.positive = positive
    self.separator = separator
    self.electrolyte = electrolyte
  }
}
