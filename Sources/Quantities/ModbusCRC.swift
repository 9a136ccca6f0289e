/// The CRC of Modbus RTU: polynomial 0xA001 reflected, start 0xFFFF, low byte first on the wire.
///
/// Source: Modbus over serial line specification V1.02, section 6.2.2.
public enum ModbusCRC {
  /// The checksum of `bytes`.
  public static func checksum(_ bytes: some Sequence<UInt8>) -> UInt16 {
    var crc: UInt16 = 0xFFFF
    for byte in bytes {
      crc ^= UInt16(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1 }
    }
    return crc
  }

  /// `bytes` followed by their checksum.
  public static func framed(_ bytes: [UInt8]) -> [UInt8] {
    let crc = checksum(bytes)
    return bytes + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
  }
}
