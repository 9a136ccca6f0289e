public import Profiles
public import Transports

extension SerialFormat {
  /// The format that a profile declares.
  public init(_ serial: BusTransport.Serial) {
    self.init(
      baud: serial.baud, dataBits: serial.dataBits,
      parity: serial.parity == .none ? "N" : serial.parity == .even ? "E" : "O",
      stopBits: serial.stopBits,
      flow: serial.flow == .none ? .none : serial.flow == .rtsCTS ? .rtsCTS : .dtrDSR)
  }
}
