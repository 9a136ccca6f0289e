public import Quantities

/// What the envelope needs beside the limits: how old, how small, how far.
public struct EnvelopeRules: Sendable, Hashable {
  /// A safety-relevant reading older than this trips, s on the pace clock.
  public var ageLimit: Seconds
  /// Below this magnitude the measured current counts as none.
  public var zeroCurrent: Amperes
  /// How far measured current may exceed a derating table before it trips; the ammeters' errors
  /// and 5 sd of the shunt's noise.
  public var currentTripMargin: Amperes
  /// Largest rise of the current's magnitude in one control period. A fall is never limited.
  public var slew: Amperes
  /// How far above the operate window the voltage may be and the present current still be kept; the
  /// meter's noise around a held voltage.
  public var holdTolerance: Volts
  /// Names of the sample's interlocks, for the line of a trip.
  public var interlocks: [String]

  /// Rules from their parts.
  public init(
    ageLimit: Seconds, zeroCurrent: Amperes, currentTripMargin: Amperes = Amperes(0.25),
    slew: Amperes = Amperes(20), holdTolerance: Volts = Volts(0.01), interlocks: [String] = []
  ) {
    self.ageLimit = ageLimit
    self.zeroCurrent = zeroCurrent
    self.currentTripMargin = currentTripMargin
    self.slew = slew
    self.holdTolerance = holdTolerance
    self.interlocks = interlocks
  }
}
