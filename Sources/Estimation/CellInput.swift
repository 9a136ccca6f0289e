/// What drives a cell over one step, as the sensors say it.
public struct CellInput: Sendable, Hashable {
  /// Current through the cell, A, positive when it charges; constant over the step (zero-order hold),
  /// so that a sample carries the current of the step that ends with it.
  public var current: Double
  /// Current at the step's start where it is known to have moved linearly; nil for zero-order hold.
  public var currentAtStart: Double?
  /// Mean of the readings since the current last jumped, where it is known; outputs are linearised
  /// there. Linearised at the reading, the gains carry the same noise as the innovation, and at rest
  /// the product of the two drives every resistance down, second by second.
  var steadyCurrent: Double?
  /// Ambient temperature, K.
  public var ambient: Double

  /// An input from its parts.
  public init(current: Double, currentAtStart: Double? = nil, ambient: Double) {
    self.current = current
    self.currentAtStart = currentAtStart
    self.ambient = ambient
  }
}
