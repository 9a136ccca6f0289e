import Profiles
import Quantities
import Testing

@Suite("Numbers in registers")
struct CodecTests {
  /// A declared value of the given shape.
  static func value(
    _ encoding: DeclaredValue.Encoding, _ order: DeclaredValue.WordOrder = .highFirst
  ) throws -> DeclaredValue {
    var value = try Shipped.profile("generic-modbus-float-meter").values[0]
    value.encoding = encoding
    value.wordOrder = order
    value.plausible = nil
    return value
  }

  @Test("word order is the profile's")
  func wordOrder() throws {
    // 3.7 as a single is 40 6C CC CD.
    let high = try Self.value(.f32), low = try Self.value(.f32, .lowFirst)
    #expect(high.encode(Double(Float(3.7)), scale: 1) == RegisterWords(0x406C, 0xCCCD))
    #expect(low.encode(Double(Float(3.7)), scale: 1) == RegisterWords(0xCCCD, 0x406C))
    #expect(high.decode(RegisterWords(0x406C, 0xCCCD), scale: 1).value == Double(Float(3.7)))
    #expect(low.decode(RegisterWords(0xCCCD, 0x406C), scale: 1).value == Double(Float(3.7)))
    #expect(try Self.value(.u32).count(in: RegisterWords(1, 2)) == 65538)
    #expect(try Self.value(.u32, .lowFirst).count(in: RegisterWords(1, 2)) == 131073)
  }

  @Test(
    "what was encoded is decoded, within half a count", arguments: DeclaredValue.Encoding.allCases)
  func roundTrip(_ encoding: DeclaredValue.Encoding) throws {
    for order in DeclaredValue.WordOrder.allCases {
      let value = try Self.value(encoding, order)
      let scale = encoding == .bit ? 1 : 0.001
      for count in [0.0, 1, 7, 255, 256, 32767, -1, -32768, 65535, 70000, 4_294_967_295] {
        guard let words = value.encode(count * scale, scale: scale) else { continue }
        let back = value.decode(words, scale: scale)
        #expect(back.quality == .good)
        let slack = value.resolution(near: count * scale, scale: scale) * (1 + 1e-6)
        #expect(abs(back.value - count * scale) <= slack)
      }
    }
  }

  @Test("what does not fit is not encoded")
  func bounds() throws {
    let word = try Self.value(.u16), signed = try Self.value(.i16), wide = try Self.value(.u32)
    #expect(word.encode(65535.4, scale: 1) == RegisterWords(65535))
    #expect(word.encode(65535.5, scale: 1) == nil)
    #expect(word.encode(-0.6, scale: 1) == nil)
    #expect(signed.encode(-32768, scale: 1) == RegisterWords(0x8000))
    #expect(signed.encode(-32769, scale: 1) == nil)
    #expect(wide.encode(4_294_967_296, scale: 1) == nil)
    #expect(try Self.value(.f32).encode(1e39, scale: 1) == nil)
    #expect(try Self.value(.bit).encode(2, scale: 1) == nil)
    for encoding in DeclaredValue.Encoding.allCases {
      let value = try Self.value(encoding)
      #expect(value.encode(.nan, scale: 1) == nil)
      #expect(value.encode(.infinity, scale: 1) == nil)
      // An unknown scale: zero can be said, nothing else.
      #expect(value.nearestCount(to: 0, scale: .nan) == 0)
      #expect(value.encode(1, scale: .nan) == nil)
    }
  }

  @Test("only the bits that are named count")
  func mask() throws {
    var value = try Self.value(.u16)
    value.bits = 0...7
    #expect(value.count(in: RegisterWords(0xAA01)) == 1)
    #expect(try Self.value(.bit).count(in: RegisterWords(0x48)) == 0)
  }
}
