import Drivers
import Guard
import Profiles
import Quantities
import Testing

/// 100 000 inputs, random and damaged ones, of a fixed seed: no decoder traps, hangs or takes what is
/// not there. A trap ends the test process; a hang runs into the time limit.
@Suite("Decoders on bad input", .timeLimit(.minutes(10)))
struct FuzzTests {
  /// SplitMix64.
  struct Stream: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }

    mutating func bytes(_ most: Int) -> [UInt8] {
      (0..<Int.random(in: 0...most, using: &self)).map { _ in .random(in: 0...255, using: &self) }
    }

    /// `bytes` with some changed, dropped, repeated or put in.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
      var result = bytes
      for _ in 0..<Int.random(in: 1...4, using: &self) {
        let place = Int.random(in: 0...result.count, using: &self)
        switch Int.random(in: 0..<5, using: &self) {
        case 0 where place < result.count:
          result[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
        case 1 where place < result.count: result.remove(at: place)
        case 2: result.insert(.random(in: 0...255, using: &self), at: place)
        case 3: result.removeLast(min(result.count, Int.random(in: 0...8, using: &self)))
        default: result.insert(contentsOf: result.prefix(place).suffix(7), at: place)
        }
      }
      return result
    }
  }

  static let framings: [SafePlan.Framing] = [.rtu, .tcp, .kp184HighFirst, .kp184LowFirst, .text]

  @Test("replies to safe plans: 40 000")
  func replies() throws {
    var stream = Stream(state: 1)
    var found = 0
    for round in 0..<40_000 {
      let framing = Self.framings[round % Self.framings.count]
      let (request, reply) = Self.pair(framing)
      let isWhole = round % 97 == 0
      let exchange = SafePlan.Exchange(
        purpose: "", request: request, reply: reply,
        replyMask: Array(repeating: 0xFF, count: reply.count), replyTimeoutMilliseconds: 1,
        gapMilliseconds: 0, attempts: 1)
      let received =
        isWhole
        ? stream.bytes(20) + reply
        : round % 3 == 0 ? stream.bytes(300) : stream.bytes(9) + stream.damaged(reply)
      let match = ReplyMatch.find(exchange, request: request, framing: framing, in: received)
      guard case .found(let bytes) = match else {
        #expect(!isWhole || framing == .text, "\(framing) \(received)")
        continue
      }
      found += 1
      #expect(bytes.isEmpty || received.count >= bytes.count)
    }
    #expect(found > 300)
  }

  private static func pair(_ framing: SafePlan.Framing) -> ([UInt8], [UInt8]) {
    switch framing {
    case .rtu: (ModbusCRC.framed([1, 3, 0, 18, 0, 1]), ModbusCRC.framed([1, 3, 2, 0, 0]))
    case .tcp: ([0x4C, 1, 0, 0, 0, 6, 1, 3, 0, 18, 0, 1], [0x4C, 1, 0, 0, 0, 5, 1, 3, 2, 0, 0])
    case .text: (Array("OUTP?\n".utf8), Array("0\n".utf8))
    case .kp184HighFirst, .kp184LowFirst:
      (
        KP184Frame.framed(
          [1, 6, 1, 0x0E, 0, 1, 4, 0, 0, 0, 0], framing.checksumOrder ?? .lowFirst),
        KP184Frame.framed([1, 6, 1, 0x0E, 0, 1, 4], framing.checksumOrder ?? .lowFirst)
      )
    }
  }

  @Test("numbers in text: 30 000, and each that is one is what Swift reads")
  func numbers() {
    var stream = Stream(state: 2)
    let letters = Array("0123456789+-.eE, \r\nx".utf8)
    for round in 0..<30_000 {
      var line = (0..<Int.random(in: 0...14, using: &stream)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &stream)]
      }
      if round % 3 == 0 {
        line = Array("\(Double(Int.random(in: -99999...99999, using: &stream)) / 1e4)".utf8)
      }
      let number = line.withUnsafeBufferPointer { DecimalText.number(in: $0) }
      guard let number else { continue }
      let text = String(decoding: line, as: UTF8.self)
      let front = text.drop { $0.isWhitespace }.prefix { "0123456789+-.eE".contains($0) }
      guard let oracle = Double(front) else {
        // Swift wants a digit before and after a point; we take "4." and ".4".
        #expect(
          front.hasSuffix(".") || front.contains(".e") || front.contains(".E")
            || front.contains("."), "\(text)")
        continue
      }
      #expect(abs(number - oracle) <= abs(oracle) * 1e-15, "\(text)")
    }
  }

  @Test("what is written in text is read back")
  func writtenNumbers() {
    var stream = Stream(state: 3)
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 18)
    defer { buffer.deallocate() }
    for _ in 0..<5_000 {
      let decimals = Int.random(in: 0...6, using: &stream)
      let number =
        Double.random(in: -1e9...1e9, using: &stream)
        * (Bool.random(using: &stream) ? 1 : 1e-7)
      let count = DecimalText.write(number, decimals: decimals, to: buffer)
      let line = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count])
      let oracle = Double(String(decoding: line, as: UTF8.self))
      // Half of the last digit, and what a Double of that size leaves.
      let slack = 0.5 / [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6][decimals] + abs(number) * 4e-16
      #expect(oracle.map { abs($0 - number) <= slack } == true)
      #expect(DecimalText.number(in: line) == oracle)
    }
    #expect(DecimalText.write(.nan, decimals: 2, to: buffer) == 0)
    #expect(DecimalText.write(1.1e9, decimals: 2, to: buffer) == 0)
  }

  @Test("safe plans: 20 000")
  func plans() throws {
    let psu = try SafePlanCompiler.device(
      name: "psu", profile: Shipped.profile("riden-rd6006"), descriptor: 5, framing: .tcp)
    let load = try SafePlanCompiler.device(
      name: "load", profile: Shipped.profile("kunkin-kp184"), descriptor: 6, framing: .rtu,
      checksum: .highFirst)
    let zero = try SafePlanCompiler.zeroCurrent(
      name: "meter", profile: Shipped.profile("generic-modbus-float-meter"),
      channel: "shunt_current", descriptor: 7, framing: .rtu, threshold: Amperes(0.02),
      timeout: Seconds(5))
    let plan = SafePlan(
      devices: [psu, load], verification: zero, heartbeatSilenceMilliseconds: 500)
    let good = try plan.encoded()
    #expect(try SafePlan.decode(good) == plan)
    var stream = Stream(state: 4)
    let content = try SealedBlob.open(good, magic: "LSSP", version: 2)
    for round in 0..<20_000 {
      // Under a right seal, so that the fields are reached; and without.
      let isSealed = round % 4 < 2
      let bytes =
        isSealed
        ? SealedBlob.seal(stream.damaged(content), magic: "LSSP", version: 2)
        : round % 4 == 2 ? stream.bytes(400) : stream.damaged(good)
      do throws(ByteCodingError) {
        let decoded = try SafePlan.decode(bytes)
        #expect(isSealed || decoded == plan)
        try decoded.validate()
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test("profiles: 5 000 damaged files are refused in one line or still keep every law")
  func profiles() throws {
    var stream = Stream(state: 5)
    let texts = try Shipped.names.map { Array(try Shipped.text($0).utf8) }
    for round in 0..<5_000 {
      let bytes = stream.damaged(texts[round % texts.count])
      do throws(ProfileError) {
        let profile = try InstrumentProfile(
          text: String(decoding: bytes, as: UTF8.self), file: "f.toml")
        for value in profile.values where value.isWritable && value.text == nil {
          let denied =
            value.writeFunction == 5 ? profile.denials.coils : profile.denials.registers
          #expect(!denied.contains { $0.overlaps(value.addresses) })
        }
      } catch {
        #expect(error.description.hasPrefix("f.toml"))
        #expect(!error.description.contains("\n"), "\(error.description)")
      }
    }
  }
}
