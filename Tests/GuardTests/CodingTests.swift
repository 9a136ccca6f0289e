import CRealtime
import Foundation
import Guard
import Quantities
import Testing

/// The guard's orders as bytes: whole or refused.
@Suite struct CodingTests {
  /// Linear congruential generator of Knuth's MMIX: the same blobs in every run.
  private struct Stream: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  private func orders(_ stream: inout Stream) -> GuardOrders {
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in .random(in: 0...255, using: &stream) }
    }
    // Function 3 where this framing has it.
    func read(_ framing: SafePlan.Framing) -> [UInt8] {
      framing == .rtu ? [1, 3] : [0, 0, 0, 0, 0, 0, 1, 3]
    }
    func device(_ framing: SafePlan.Framing) -> SafePlan.Device {
      let count = Int.random(in: 8...40, using: &stream)
      let exchanges = (0..<Int.random(in: 1...5, using: &stream)).map { _ in
        SafePlan.Exchange(
          purpose: ["output off", "", "Größe"][Int.random(in: 0...2, using: &stream)],
          request: ModbusCRC.framed(read(framing) + bytes(8)), reply: bytes(count),
          replyMask: bytes(count),
          replyTimeoutMilliseconds: .random(in: 1...60_000, using: &stream),
          gapMilliseconds: .random(in: 0...10_000, using: &stream),
          attempts: .random(in: 1...100, using: &stream))
      }
      return SafePlan.Device(
        name: "d\(count)", descriptor: .random(in: 3...Int32.max, using: &stream), framing: framing,
        exchanges: exchanges)
    }
    let plan = SafePlan(
      devices: (0..<Int.random(in: 1...6, using: &stream)).map {
        device($0 % 2 == 0 ? .rtu : .tcp)
      },
      verification: .init(
        device: device(.rtu), offset: .random(in: 0...4, using: &stream),
        format: .int16BigEndian, scale: .random(in: 0.001...1, using: &stream),
        zero: .random(in: -1...1, using: &stream),
        threshold: .random(in: 0.001...1, using: &stream),
        readings: .random(in: 1...1000, using: &stream),
        timeoutMilliseconds: .random(in: 1...3_600_000, using: &stream)),
      heartbeatSilenceMilliseconds: .random(in: 50...60_000, using: &stream),
      watch: (0..<Int.random(in: 0...3, using: &stream)).map {
        device($0 % 2 == 0 ? .rtu : .tcp)
      }, watchSeconds: .random(in: 0...604_800, using: &stream))
    return GuardOrders(
      plan: plan, controller: "/usr/bin/lockstep",
      arguments: ["lockstep", "controller", "läuft", ""],
      ports: [.init(name: "psu-tcp", descriptor: 7)], locks: [8, 9], bench: "demo",
      runFolder: "/data/run 1", latchFolder: "/state/latches")
  }

  @Test("SAF-001 plans and orders come back as they went")
  func roundTrip() throws {
    var stream = Stream(state: 1)
    for _ in 0..<200 {
      let orders = orders(&stream)
      #expect(try SafePlan.decode(orders.plan.encoded()) == orders.plan)
      #expect(try GuardOrders.decode(orders.encoded()) == orders)
    }
  }

  @Test("SAF-001 orders say that they are of format 1: a guard of another would refuse them")
  func version() throws {
    var stream = Stream(state: 5)
    let bytes = try orders(&stream).encoded()
    let content = try SealedBlob.open(bytes, magic: "LSGO", version: 1)
    #expect(bytes.suffix(content.count) == content[...])
    let other = SealedBlob.seal(content, magic: "LSGO", version: 2)
    #expect(throws: ByteCodingError.self) { try GuardOrders.decode(other) }
  }

  @Test("SAF-001 ten thousand damaged blobs are refused")
  func damaged() throws {
    var stream = Stream(state: 2)
    let blob = try orders(&stream).encoded()
    for _ in 0..<10_000 {
      var bytes = blob
      switch Int.random(in: 0...2, using: &stream) {
      case 0: bytes.removeLast(.random(in: 1...blob.count, using: &stream))
      case 1: bytes.append(.random(in: 0...255, using: &stream))
      default:
        for _ in 0..<Int.random(in: 1...8, using: &stream) {
          bytes[.random(in: 0..<blob.count, using: &stream)] ^= .random(in: 1...255, using: &stream)
        }
      }
      if bytes == blob { continue }
      #expect(throws: ByteCodingError.self) { try GuardOrders.decode(bytes) }
    }
  }

  @Test("SAF-001 damage under a right checksum is refused or reads as a plan within all bounds")
  func damagedWithin() throws {
    var stream = Stream(state: 3)
    let plan = orders(&stream).plan
    let content = try SealedBlob.open(try plan.encoded(), magic: "LSSP", version: 2)
    var refused = 0
    for _ in 0..<10_000 {
      var bytes = content
      for _ in 0..<Int.random(in: 1...4, using: &stream) {
        bytes[.random(in: 0..<bytes.count, using: &stream)] = .random(in: 0...255, using: &stream)
      }
      if Bool.random(using: &stream) { bytes.removeLast(.random(in: 0..<20, using: &stream)) }
      let blob = SealedBlob.seal(bytes, magic: "LSSP", version: 2)
      do {
        try SafePlan.decode(blob).validate()
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1_000)
  }

  @Test("SAF-001 a plan that the guard could not carry out is refused before anything is on")
  func bounds() throws {
    var stream = Stream(state: 4)
    let good = orders(&stream).plan
    func refuses(_ what: String, _ change: (inout SafePlan) -> Void) {
      var plan = good
      change(&plan)
      #expect(throws: ByteCodingError.self, "\(what)") { try plan.encoded() }
    }
    refuses("no device") { $0.devices = [] }
    refuses("standard stream") { $0.devices[0].descriptor = 2 }
    refuses("no exchange") { $0.devices[0].exchanges = [] }
    refuses("no attempt") { $0.devices[0].exchanges[0].attempts = 0 }
    refuses("wrong CRC") { $0.devices[0].exchanges[0].request[0] ^= 1 }
    refuses("short mask") { $0.devices[0].exchanges[0].replyMask.removeLast() }
    refuses("endless wait") { $0.devices[0].exchanges[0].replyTimeoutMilliseconds = .max }
    refuses("long frame") {
      $0.devices[0].exchanges[0].reply = [UInt8](repeating: 0, count: 261)
      $0.devices[0].exchanges[0].replyMask = $0.devices[0].exchanges[0].reply
    }
    refuses("current outside the reply") { $0.verification.offset = 4_000_000_000 }
    refuses("NaN threshold") { $0.verification.threshold = .nan }
    refuses("no threshold") { $0.verification.threshold = 0 }
    refuses("no scale") { $0.verification.scale = 0 }
    refuses("no reading") { $0.verification.readings = 0 }
    refuses("endless watch") { $0.watchSeconds = 604_801 }
    refuses("crowded watch") {
      $0.watch = [SafePlan.Device](repeating: $0.verification.device, count: 65)
    }
    refuses("no silence allowed") { $0.heartbeatSilenceMilliseconds = 0 }
  }

  @Test(
    "SAF-013 a plan whose meter is asked or watched by a write is refused",
    arguments: UInt8(0)...255)
  func onlyReads(function: UInt8) throws {
    var stream = Stream(state: 6)
    let good = orders(&stream).plan
    let isRead = [1, 2, 3, 4].contains(function)
    for framing in [SafePlan.Framing.rtu, .tcp] {
      var device = good.verification.device
      device.framing = framing
      device.exchanges = [device.exchanges[0]]
      let head: [UInt8] = framing == .rtu ? [1] : [0, 0, 0, 0, 0, 6, 1]
      device.exchanges[0].request = ModbusCRC.framed(head + [function, 0, 0, 0, 1])
      var (watched, asked) = (good, good)
      watched.watch = [device]
      asked.verification.device = device
      asked.verification.offset = 0
      for plan in [watched, asked] {
        let isTaken = (try? plan.encoded()) != nil
        #expect(isTaken == isRead)
      }
    }
  }

  @Test("SAF-001 orders that the guard could not carry out are refused, each by its name")
  func orderBounds() throws {
    var stream = Stream(state: 7)
    let good = orders(&stream)
    func refuses(_ words: String, _ change: (inout GuardOrders) -> Void) {
      var orders = good
      change(&orders)
      let error = #expect(throws: ByteCodingError.self, "\(words)") { try orders.encoded() }
      #expect(error?.description.hasPrefix("guard orders: " + words) == true)
    }
    refuses("controller `lockstep` is not an absolute path") { $0.controller = "lockstep" }
    refuses("latch folder `` is not an absolute path") { $0.latchFolder = "" }
    refuses("no arguments") { $0.arguments = [] }
    refuses("bench name `../x`: 1 to 100 bytes") { $0.bench = "../x" }
    refuses("descriptor 2, 3 or more allowed") { $0.locks[1] = 2 }
    refuses("descriptor 0, 3 or more allowed") { $0.ports[0].descriptor = 0 }
    refuses("port name `` is empty or holds `=`") { $0.ports[0].name = "" }
    refuses("port name `a=b` is empty or holds `=`") { $0.ports[0].name = "a=b" }
    func refusesCount(_ words: String, _ change: (inout GuardOrders, Int) -> Void, most: Int) {
      for (count, isTaken) in [(most, true), (most + 1, false)] {
        var orders = good
        change(&orders, count)
        #expect(((try? orders.encoded()) != nil) == isTaken, "\(words) \(count)")
      }
    }
    refusesCount("arguments", { $0.arguments = .init(repeating: "a", count: $1) }, most: 256)
    refusesCount("locks", { $0.locks = .init(repeating: 9, count: $1) }, most: 128)
    refusesCount(
      "ports", { $0.ports = .init(repeating: .init(name: "p", descriptor: 9), count: $1) }, most: 64
    )
    refusesCount(
      "port name's bytes",
      { $0.ports = [.init(name: String(repeating: "p", count: $1), descriptor: 9)] }, most: 256)
    var least = good
    least.locks = [3]
    least.ports[0].descriptor = 3
    #expect((try? least.encoded()) != nil)
    // Every descriptor lives on in the guard.
    let all =
      good.ports.map(\.descriptor) + good.locks + good.plan.devices.map(\.descriptor)
      + good.plan.watch.map(\.descriptor) + [good.plan.verification.device.descriptor]
    #expect(good.descriptors == Set(all).sorted())
    #expect(GuardProcess.main(["lockstep-guard"]) == 2)
    #expect(GuardProcess.main(["lockstep-guard", "x"]) == 2)
    #expect(GuardProcess.main(["lockstep-guard", "9999"]) == 2)
  }

  @Test("SAF-001 orders whose plan is longer than 4 MiB are refused, shorter ones are taken")
  func longestPlan() {
    var stream = Stream(state: 8)
    var orders = orders(&stream)
    let frame = framed([1, 3] + [UInt8](repeating: 0, count: 256))
    let exchange = SafePlan.Exchange(
      purpose: String(repeating: "p", count: 256), request: frame, reply: frame, replyMask: frame,
      replyTimeoutMilliseconds: 1, gapMilliseconds: 0, attempts: 1)
    let device = SafePlan.Device(
      name: "d", descriptor: 3, framing: .rtu,
      exchanges: .init(repeating: exchange, count: 256))
    // An exchange takes its texts and frames, 1036 bytes, and less than 50 besides: 256 of them less
    // than 277 000 and more than 265 000.
    for (count, isTaken) in [(15, true), (16, false)] {
      orders.plan.devices = .init(repeating: device, count: count)
      #expect(((try? orders.encoded()) != nil) == isTaken, "\(count) devices")
    }
  }

  @Test("SAF-001 orders in memory are sealed: what is read is what was written")
  func memory() throws {
    var stream = Stream(state: 5)
    let orders = orders(&stream)
    let descriptor = try orders.sealed()
    #expect(try GuardOrders.load(descriptor: descriptor) == orders)
    #expect(throws: ByteCodingError.self) { try GuardOrders.load(descriptor: 0) }
    // memfd_create(2) knows names of at most 249 bytes.
    #expect(throws: ByteCodingError.self) {
      try orders.sealed(as: String(repeating: "x", count: 250))
    }
    for count in [0, 1 << 23 + 1] {
      let bytes = [UInt8](repeating: 0, count: count)
      let sealed = lockstep_sealed_copy("odd", bytes, count)
      let error = #expect(throws: ByteCodingError.self) {
        try GuardOrders.load(descriptor: sealed)
      }
      #expect(error?.description == "guard orders: \(count) bytes, 1 to 8388608 allowed")
      close(sealed)
    }
    // Of an allowed length it is what they hold that is wrong.
    for count in [1, 1 << 23] {
      let sealed = lockstep_sealed_copy("odd", [UInt8](repeating: 0, count: count), count)
      let error = #expect(throws: ByteCodingError.self) {
        try GuardOrders.load(descriptor: sealed)
      }
      #expect(error?.description.hasSuffix("allowed") == false)
      close(sealed)
    }
    // Sealed, but open for writing only.
    let blind = open("/proc/self/fd/\(descriptor)", O_WRONLY)
    let error = #expect(throws: ByteCodingError.self) { try GuardOrders.load(descriptor: blind) }
    #expect(error?.description == "guard orders: read fails with errno 9")
    close(blind)
    close(descriptor)
    #expect(throws: ByteCodingError.self) { try GuardOrders.load(descriptor: 9_999) }
  }
}
