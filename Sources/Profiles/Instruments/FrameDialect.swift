/// How a device's frames are built. Closed: a dialect is code (a line in `Transports`), everything
/// else about a device is its profile.
public enum FrameDialect: String, Sendable, Hashable, CaseIterable {
  /// Modbus, RTU on a serial line or TCP on a socket.
  case modbus
  /// The frames of the Kunkin KP184: alike Modbus, and not Modbus.
  case kp184
  /// Lines of text: a command or a query with its one-line reply, as SCPI has them.
  case text
}
