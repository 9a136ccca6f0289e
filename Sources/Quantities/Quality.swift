/// What a reading is worth.
public enum Quality: UInt8, Sendable, Hashable, CaseIterable {
  /// Decoded, finite, no sentinel.
  case good
  /// The device says that its sensor is open, shorted or absent.
  case sensorFault
  /// The device did not answer, or not correctly.
  case missing
  /// The bytes decode to NaN, infinity or a value outside what the device can deliver.
  case implausible
}
