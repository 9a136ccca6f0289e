/// One named value that an instrument delivers, as a profile declares it (`shunt_current`, `t1`).
public struct Channel: Sendable, Hashable {
  /// Index of the instrument on the bench.
  public var instrument: Int
  /// Index of the value among the instrument's readings.
  public var value: Int

  /// A channel by its two indices.
  public init(instrument: Int, value: Int) {
    self.instrument = instrument
    self.value = value
  }
}
