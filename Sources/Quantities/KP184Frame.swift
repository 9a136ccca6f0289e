/// The frames of the Kunkin KP184 load, alike Modbus RTU and not Modbus: 32-bit registers, a write
/// that carries its length, acknowledgements of three shapes, a length byte that lies, and a checksum
/// whose byte order depends on the firmware.
///
/// Sources: vendor's manual (github:cskilbeck/modbus KP182_User_Manual_File.pdf), wire captures
/// (github:afedorov3/KP184 io.ref), drivers of korjaa, tuxmike, markmerz and AFract.
public enum KP184Frame {
  /// Which byte of the checksum goes first.
  public enum ChecksumOrder: UInt8, Sendable, Hashable, CaseIterable {
    /// Manual, captures and three drivers.
    case highFirst = 0
    /// As Modbus: three other drivers.
    case lowFirst = 1
  }

  /// Address of the status block.
  public static let statusAddress = 0x0300
  /// Bytes of data in the status block's reply, whatever its length byte says.
  public static let statusCount = 18
  /// Longest frame either way: the status block's reply.
  public static let longest = 23

  /// Writes the request that reads the register at `address`, or the status block, to `frame`.
  ///
  /// - Returns: its bytes: 8.
  public static func makeRead(
    unit: UInt8, address: Int, order: ChecksumOrder, in frame: UnsafeMutablePointer<UInt8>
  ) -> Int {
    head(unit, 3, address, frame)
    frame[4] = 0
    // Bytes of a register; the status block is asked for with 0.
    frame[5] = address == statusAddress ? 0 : 4
    return seal(frame, 6, order)
  }

  /// Writes the request that writes `number` to the register at `address` to `frame`.
  ///
  /// - Returns: its bytes: 13.
  public static func makeWrite(
    unit: UInt8, address: Int, number: UInt32, order: ChecksumOrder,
    in frame: UnsafeMutablePointer<UInt8>
  ) -> Int {
    head(unit, 6, address, frame)
    (frame[4], frame[5], frame[6]) = (0, 1, 4)
    for byte in 0..<4 {
      frame[7 + byte] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * byte))
    }
    return seal(frame, 11, order)
  }

  /// Where the data of a reply to a read of `count` bytes begins in what was `received`, or nil. The
  /// reply is found behind any noise; its length byte is not looked at.
  public static func data(
    unit: UInt8, count: Int, order: ChecksumOrder, in received: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let size = count + 5
    guard received.count >= size else { return nil }
    for start in 0...(received.count - size)
    where received[start] == unit && received[start + 1] == 3
      && isSealed(received, start, size, order)
    {
      return start + 3
    }
    return nil
  }

  /// Whether `received` holds an acknowledgement of a write to `address`: the 9-byte shape of the
  /// captures, the 8-byte one of Modbus, or the whole request, which `number` completes.
  ///
  /// - Returns: where it begins and its bytes, or nil.
  public static func acknowledgement(
    unit: UInt8, address: Int, order: ChecksumOrder, in received: UnsafeBufferPointer<UInt8>
  ) -> (start: Int, count: Int)? {
    guard received.count >= 8 else { return nil }
    for start in 0...(received.count - 8)
    where received[start] == unit && received[start + 1] == 6
      && received[start + 2] == UInt8(truncatingIfNeeded: address >> 8)
      && received[start + 3] == UInt8(truncatingIfNeeded: address)
    {
      let named =
        received.count >= start + 9 && received[start + 4] == 0 && received[start + 5] == 1
        && received[start + 6] == 4
      if named, isSealed(received, start, 13, order) { return (start, 13) }
      if named, isSealed(received, start, 9, order) { return (start, 9) }
      if isSealed(received, start, 8, order) { return (start, 8) }
    }
    return nil
  }

  /// The number of `size` bytes from `start` on, high byte first.
  public static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, size: Int
  ) -> UInt32 {
    var number: UInt32 = 0
    for index in start..<(start + size) { number = number << 8 | UInt32(bytes[index]) }
    return number
  }

  /// `body` with its checksum.
  public static func framed(_ body: [UInt8], _ order: ChecksumOrder) -> [UInt8] {
    let crc = ModbusCRC.checksum(body)
    let bytes = [UInt8(truncatingIfNeeded: crc >> 8), UInt8(truncatingIfNeeded: crc)]
    return body + (order == .highFirst ? bytes : bytes.reversed())
  }

  /// Whether `frame` ends in its checksum.
  public static func isSealed(_ frame: [UInt8], _ order: ChecksumOrder) -> Bool {
    frame.count > 2 && framed(Array(frame.dropLast(2)), order) == frame
  }

  private static func head(
    _ unit: UInt8, _ function: UInt8, _ address: Int, _ frame: UnsafeMutablePointer<UInt8>
  ) {
    (frame[0], frame[1]) = (unit, function)
    frame[2] = UInt8(truncatingIfNeeded: address >> 8)
    frame[3] = UInt8(truncatingIfNeeded: address)
  }

  private static func seal(
    _ frame: UnsafeMutablePointer<UInt8>, _ count: Int, _ order: ChecksumOrder
  ) -> Int {
    let crc = ModbusCRC.checksum(UnsafeBufferPointer(start: frame, count: count))
    let high = UInt8(truncatingIfNeeded: crc >> 8), low = UInt8(truncatingIfNeeded: crc)
    (frame[count], frame[count + 1]) = order == .highFirst ? (high, low) : (low, high)
    return count + 2
  }

  private static func isSealed(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ size: Int, _ order: ChecksumOrder
  ) -> Bool {
    guard bytes.count >= start + size, size > 2 else { return false }
    let crc = ModbusCRC.checksum(
      UnsafeBufferPointer(rebasing: bytes[start..<(start + size - 2)]))
    let first = UInt16(bytes[start + size - 2]), second = UInt16(bytes[start + size - 1])
    return crc == (order == .highFirst ? first << 8 | second : second << 8 | first)
  }
}
