/// One measured value with its own time and quality.
public struct Reading<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The decoded value; meaningless unless `quality` is good.
  public var value: Value
  /// When it was acquired, on the run's pace clock.
  public var time: Seconds
  /// What it is worth.
  public var quality: Quality

  /// Assembles a reading from its parts.
  public init(_ value: Value, at time: Seconds, quality: Quality = .good) {
    self.value = value
    self.time = time
    self.quality = quality
  }

  /// The value, or nil unless it is good.
  public var valid: Value? { quality == .good ? value : nil }
}

extension Reading where Value: Quantity {
  /// A reading that never was.
  public static func missing(at time: Seconds) -> Self {
    Self(Value(.nan), at: time, quality: .missing)
  }
}
