/// A request as it came over the wire, after framing: what is asked of which addresses.
enum ModbusRequest: Equatable {
  /// One of the two tables of bits.
  enum BitTable { case coils, discreteInputs }
  /// One of the two tables of words.
  enum WordTable { case holding, input }

  case readBits(BitTable, address: Int, count: Int)
  case readWords(WordTable, address: Int, count: Int)
  /// Function 05 with its raw value; 0xFF00 and 0x0000 are the standard's, vendors add others.
  case writeBit(address: Int, value: UInt16)
  /// Function 06.
  case writeWord(address: Int, value: UInt16)
  /// Function 15.
  case writeBits(address: Int, values: [Bool])
  /// Function 16.
  case writeWords(address: Int, values: [UInt16])
  /// Function 23: writes first, then reads.
  case exchange(writeAddress: Int, values: [UInt16], readAddress: Int, count: Int)

  /// Decodes a protocol data unit (function code and data, no address, no checksum).
  init(_ unit: some Collection<UInt8>) throws(ModbusException) {
    let bytes = Array(unit)
    guard let function = bytes.first else { throw .silence }
    guard [1, 2, 3, 4, 5, 6, 15, 16, 23].contains(function) else { throw .illegalFunction }
    guard bytes.count >= 5 else { throw .illegalValue }
    let address = Int(Self.word(bytes, 1))
    let second = Self.word(bytes, 3)
    switch function {
    case 1, 2:
      guard 1...2000 ~= second else { throw .illegalValue }
      self = .readBits(
        function == 1 ? .coils : .discreteInputs, address: address, count: Int(second))
    case 3, 4:
      guard 1...125 ~= second else { throw .illegalValue }
      self = .readWords(function == 3 ? .holding : .input, address: address, count: Int(second))
    case 5: self = .writeBit(address: address, value: second)
    case 6: self = .writeWord(address: address, value: second)
    case 15: self = .writeBits(address: address, values: try Self.bits(bytes, Int(second)))
    case 16: self = .writeWords(address: address, values: try Self.words(bytes[3...], most: 123))
    default:
      guard bytes.count >= 9, 1...125 ~= second else { throw .illegalValue }
      self = .exchange(
        writeAddress: Int(Self.word(bytes, 5)), values: try Self.words(bytes[7...], most: 121),
        readAddress: address, count: Int(second))
    }
  }

  /// Whether it changes the device.
  var isWrite: Bool {
    switch self {
    case .readBits, .readWords: false
    default: true
    }
  }

  private static func word(_ bytes: [UInt8], _ index: Int) -> UInt16 {
    UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
  }

  private static func bits(_ bytes: [UInt8], _ count: Int) throws(ModbusException) -> [Bool] {
    let size = (count + 7) / 8
    guard 1...1968 ~= count, bytes.count == 6 + size, Int(bytes[5]) == size
    else { throw .illegalValue }
    return (0..<count).map { index -> Bool in
      let byte = bytes[6 + index / 8]
      return byte >> UInt8(index % 8) & 1 == 1
    }
  }

  /// Count, byte count, words: all that is left of the request.
  private static func words(_ tail: ArraySlice<UInt8>, most: Int) throws(ModbusException)
    -> [UInt16]
  {
    let tail = Array(tail)
    let count = Int(word(tail, 0))
    guard 1...most ~= count, tail.count == 3 + 2 * count, Int(tail[2]) == 2 * count
    else { throw .illegalValue }
    return (0..<count).map { word(tail, 3 + 2 * $0) }
  }
}
