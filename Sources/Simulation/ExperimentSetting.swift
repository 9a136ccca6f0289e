public import Electrochemistry
import Quantities

/// What an experiment starts from and is held to.
public struct ExperimentSetting: Sendable, Hashable {
  /// What a C-rate of 1 moves in an hour, A h.
  public var nominalCapacity: Double
  /// The cell's cut-offs, V.
  public var lowerCutoff: Double
  /// The cell's cut-offs, V.
  public var upperCutoff: Double
  /// Of the rested cell.
  public var negativeStoichiometry: Double
  /// Of the rested cell.
  public var positiveStoichiometry: Double
  /// Of the cell at the start, K.
  public var temperature: Double
  /// K.
  public var ambient: Double
  /// Time between rows, counted from the start of the run, s.
  public var period: Double

  /// A rested cell at a state of charge (BPX: linear in stoichiometry between the limits).
  public init(
    _ cell: CellParameters, stateOfCharge: Double, temperature: Double, ambient: Double,
    period: Double
  ) {
    let (n, p) = (cell.negative, cell.positive)
    self.init(
      cell,
      negativeStoichiometry: n.minimumStoichiometry
        + stateOfCharge * (n.maximumStoichiometry - n.minimumStoichiometry),
      positiveStoichiometry: p.maximumStoichiometry
        - stateOfCharge * (p.maximumStoichiometry - p.minimumStoichiometry),
      temperature: temperature, ambient: ambient, period: period)
  }

  /// A rested cell at given stoichiometries.
  public init(
    _ cell: CellParameters, negativeStoichiometry: Double, positiveStoichiometry: Double,
    temperature: Double, ambient: Double, period: Double
  ) {
    nominalCapacity = cell.nominalCapacity.value
    lowerCutoff = cell.lowerVoltageCutoff.value
    upperCutoff = cell.upperVoltageCutoff.value
    self.negativeStoichiometry = negativeStoichiometry
    self.positiveStoichiometry = positiveStoichiometry
    self.temperature = temperature
    self.ambient = ambient
    self.period = period
  }

  /// A setting from its parts, for a cell that is not a parameter set.
  public init(
    nominalCapacity: Double, lowerCutoff: Double, upperCutoff: Double, temperature: Double,
    ambient: Double, period: Double, negativeStoichiometry: Double = 0.5,
    positiveStoichiometry: Double = 0.5
  ) {
    self.nominalCapacity = nominalCapacity
    self.lowerCutoff = lowerCutoff
    self.upperCutoff = upperCutoff
    self.temperature = temperature
    self.ambient = ambient
    self.period = period
    self.negativeStoichiometry = negativeStoichiometry
    self.positiveStoichiometry = positiveStoichiometry
  }
}
