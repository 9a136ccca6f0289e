import CModbus

extension ModbusLine {
  /// Version of libmodbus that is linked, as in `3.1.6`.
  public static var libraryVersion: String {
    "\(libmodbus_version_major).\(libmodbus_version_minor).\(libmodbus_version_micro)"
  }
}
