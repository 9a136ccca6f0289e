/// Why bytes are not what they should be, in one line.
public struct ByteCodingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What, value, what is allowed.
  public let description: String
  /// An error with its line.
  public init(_ description: String) { self.description = description }
}

/// Writes little-endian fields; blocks carry their length first.
package struct ByteWriter: Sendable {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func integer<I: FixedWidthInteger>(_ value: I) {
    for shift in stride(from: 0, to: I.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> I(shift)))
    }
  }

  package mutating func real(_ value: Double) { integer(value.bitPattern) }

  package mutating func block(_ block: [UInt8]) {
    integer(UInt32(clamping: block.count))
    bytes += block
  }

  package mutating func text(_ text: String) { block(Array(text.utf8)) }

  package mutating func list<T>(_ items: [T], _ write: (inout ByteWriter, T) -> Void) {
    integer(UInt32(clamping: items.count))
    for item in items { write(&self, item) }
  }
}

/// Reads what `ByteWriter` wrote; every length is bounded before anything is allocated.
package struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { position == bytes.count }

  package mutating func integer<I: FixedWidthInteger>(_ type: I.Type, _ what: String)
    throws(ByteCodingError) -> I
  {
    let size = I.bitWidth / 8
    guard bytes.count - position >= size else { throw ByteCodingError("\(what): cut short") }
    var value: I = 0
    for i in 0..<size { value |= I(truncatingIfNeeded: bytes[position + i]) << I(8 * i) }
    position += size
    return value
  }

  package mutating func real(_ what: String) throws(ByteCodingError) -> Double {
    Double(bitPattern: try integer(UInt64.self, what))
  }

  package mutating func count(_ what: String, atMost bound: Int) throws(ByteCodingError) -> Int {
    let count = try integer(UInt32.self, what)
    guard count <= bound else {
      throw ByteCodingError("\(what): count \(count), at most \(bound) allowed")
    }
    return Int(count)
  }

  package mutating func block(_ what: String, atMost bound: Int) throws(ByteCodingError) -> [UInt8]
  {
    let count = try count(what, atMost: bound)
    guard bytes.count - position >= count else { throw ByteCodingError("\(what): cut short") }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  package mutating func text(_ what: String, atMost bound: Int = 4096) throws(ByteCodingError)
    -> String
  {
    let block = try block(what, atMost: bound)
    guard !block.contains(0), let text = String(validating: block, as: UTF8.self) else {
      throw ByteCodingError("\(what): not UTF-8 text without NUL")
    }
    return text
  }

  package mutating func list<T>(
    _ what: String, atMost bound: Int,
    _ read: (inout ByteReader) throws(ByteCodingError) -> T
  ) throws(ByteCodingError) -> [T] {
    let count = try count(what, atMost: bound)
    var items: [T] = []
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }
}

/// A blob with magic, version, length and checksum around its content.
package enum SealedBlob {
  /// The content under its header: magic (4), version (2), length (4), CRC-32 of the content (4).
  package static func seal(_ content: [UInt8], magic: String, version: UInt16) -> [UInt8] {
    var writer = ByteWriter()
    for byte in magic.utf8.prefix(4) { writer.integer(byte) }
    writer.integer(version)
    writer.integer(UInt32(clamping: content.count))
    writer.integer(checksum(content))
    return writer.bytes + content
  }

  /// The content, when header, length and checksum hold.
  package static func open(
    _ blob: [UInt8], magic: String, version: UInt16
  ) throws(ByteCodingError) -> [UInt8] {
    var reader = ByteReader(blob)
    for byte in magic.utf8.prefix(4) {
      guard try reader.integer(UInt8.self, "\(magic) header") == byte else {
        throw ByteCodingError("\(magic) header: other magic")
      }
    }
    let found = try reader.integer(UInt16.self, "\(magic) header")
    guard found == version else {
      throw ByteCodingError("\(magic) header: version \(found), only \(version) is read")
    }
    let length = try reader.integer(UInt32.self, "\(magic) header")
    let expected = try reader.integer(UInt32.self, "\(magic) header")
    let content = Array(blob.dropFirst(14))
    guard content.count == Int(length) else {
      throw ByteCodingError("\(magic): \(content.count) bytes, header says \(length)")
    }
    guard checksum(content) == expected else { throw ByteCodingError("\(magic): checksum differs") }
    return content
  }

  /// CRC-32 of IEEE 802.3 (polynomial 0xEDB88320 reflected).
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
