/// How one reading differs from the truth.
package struct SensorErrors: Sendable, Hashable {
  /// Added, in the reading's unit.
  package var offset: Double
  /// Multiplied on the true value; 1 is true.
  package var gain: Double
  /// Standard deviation of white noise, in the reading's unit.
  package var noise: Double
  /// Step that the reading is rounded to, in its unit; 0: none.
  package var resolution: Double
  /// Age of what is read, s of pace time.
  package var latency: Double

  /// Errors from their parts; a true sensor by default.
  package init(
    offset: Double = 0, gain: Double = 1, noise: Double = 0, resolution: Double = 0,
    latency: Double = 0
  ) {
    self.offset = offset
    self.gain = gain
    self.noise = noise
    self.resolution = resolution
    self.latency = latency
  }

  /// What must be there for the reading to be `reading`, noise aside; never negative.
  package func truth(ofReading reading: Double) -> Double { max((reading - offset) / gain, 0) }
}
