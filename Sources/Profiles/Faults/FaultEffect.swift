public import Quantities

/// What a fault does, with its parameters.
public enum FaultEffect: Sendable, Hashable {
  /// Replies are damaged on their way, or never sent.
  case bus(BusFault, on: Requests)
  /// The port vanishes; when the fault ends it comes back.
  case portGone(back: Return)
  /// A reading says something else.
  case sensor(SensorFault)
  /// A hand at the panel has taken over.
  case lostRemote(writes: Writes)
  /// The output cannot be switched off; its registers say this of it.
  case staysOn(says: OnOff)
  /// The load takes so much, A, whatever it is told, off included.
  case loadStuckOn(Amperes)
  /// Power cycle: settings and limits as from the factory, output off; silent until it ends.
  case reset
  /// A protection has tripped and trips again while the fault lasts.
  case tripped(Protection)
  /// The cell sits in its holder the wrong way round.
  case reversedCell
  /// Another cell is in the holder, from the start; its charge when it is not the plant's.
  case wrongChemistry(FileReference, StateOfCharge?)
  /// A resistance within the cell.
  case internalShort(Ohms)
  /// Heat from outside into the cell.
  case overTemperature(Watts)
  /// Contacts that do not open.
  case contactorWelded(Contacts)
  /// A second timed closing does not start the time anew.
  case relayIgnoresRearming
  /// Contacts that do not close.
  case relayStuckOpen
  /// The coil circuit is open, whatever the relay says.
  case coilOpen(CoilInput)

  /// Which requests meet the fault.
  public enum Requests: String, Sendable, Hashable, CaseIterable { case any, read, write }
  /// Where a port is when it comes back.
  public enum Return: String, Sendable, Hashable, CaseIterable { case same, new }
  /// What a device does with a write while somebody works its panel.
  public enum Writes: String, Sendable, Hashable, CaseIterable {
    /// Answered as if it were obeyed.
    case ignored
    /// Answered with an exception.
    case refused
  }
  /// On or off.
  public enum OnOff: String, Sendable, Hashable, CaseIterable { case on, off }
  /// Why an output went off.
  public enum Protection: String, Sendable, Hashable, CaseIterable {
    case overVoltage = "over-voltage"
    case overCurrent = "over-current"
    case overPower = "over-power"
    case overHeat = "over-heat"
  }
  /// Which of the contactor's two contacts in series.
  public enum Contacts: String, Sendable, Hashable, CaseIterable { case one, both }
  /// What opens the coil circuit, in the order of the relay board's inputs.
  public enum CoilInput: String, Sendable, Hashable, CaseIterable {
    case estop, door, smoke, fan, mains
  }
}

/// What becomes of a device's reply.
public enum BusFault: Sendable, Hashable {
  /// There is none; `obeys`: the device still does what it was asked.
  case silence(obeys: Bool)
  /// It comes this much later, in wall time, as reply timeouts count.
  case late(Seconds)
  /// As many bytes, none of them meant.
  case garbage
  /// Its checksum is wrong.
  case badCRC
  /// Its first half only.
  case truncated
  /// It comes twice, in one write.
  case merged
  /// It names another unit, with a right checksum.
  case wrongUnit
  /// The device refuses with this code and does nothing.
  case exception(UInt8)
}

/// What becomes of a reading. Amounts in the reading's unit.
public enum SensorFault: Sendable, Hashable {
  /// It stays what it was when the fault began, noise included.
  case stuck
  /// It runs away, per hour.
  case drift(SensorAmount)
  /// It is off by so much.
  case offset(SensorAmount)
  /// White noise on top, one standard deviation.
  case noise(SensorAmount)
  /// The thermometer has come off the cell and reads the air.
  case thermistorOff
  /// The lead of a voltmeter floats: its input discharges towards a voltage with a time constant.
  case openSense(rest: Volts, timeConstant: Seconds)
}

/// An amount with the unit that it was written in.
public struct SensorAmount: Sendable, Hashable {
  /// What may be measured.
  public enum Unit: String, Sendable, Hashable { case volt = "V", ampere = "A", kelvin = "K" }

  /// In that unit.
  public var value: Double
  /// Must be the reading's.
  public var unit: Unit

  /// From its parts.
  public init(_ value: Double, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }
}
