import CRealtime
import Foundation
import Guard
import Quantities
import Testing
import Transports

extension SafeSequenceTests {
  /// Devices of text that share one pipe: whatever they are told is seen in its order, and nothing is
  /// waited for but their gaps.
  private func told(_ orders: [(name: String, count: Int, gap: UInt32)]) throws
    -> (text: String, firstBytes: String)
  {
    var ends: [Int32] = [0, 0]
    try require(lockstep_pipe(&ends) == 0)
    let ports = [ends[1]] + orders.dropFirst().map { _ in fcntl(ends[1], F_DUPFD_CLOEXEC, 3) }
    defer { for descriptor in [ends[0]] + ports { close(descriptor) } }
    var sequence = sequence(
      zip(orders, ports).map { order, port in
        var device = device(order.name, port, 1, gap: order.gap)
        device.framing = .text
        device.exchanges[0].request = Array(order.name.utf8)
        device.exchanges[0].reply = []
        device.exchanges[0].replyMask = []
        device.exchanges = Array(repeating: device.exchanges[0], count: order.count)
        return device
      })
    let isComplete = sequence.replay(death: lockstep_monotonic_nanoseconds())
    #expect(isComplete)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(ends[0], &bytes, bytes.count)
    let line = try #require(sequence.log.lines.first { $0.hasPrefix("first bytes") })
    return (String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self), line)
  }

  @Test("SAF-001 a device that was let wait once for the first one waits for it no more")
  func waitsOnce() throws {
    // Were each order to wait, the last would go 600 ms later.
    let (text, _) = try told([("C", 1, 400), ("p", 300, 0)])
    #expect(text == String(repeating: "p", count: 300) + "C")
  }

  @Test("SAF-001 once the first device's byte went nobody waits for it")
  func waitsForNobody() throws {
    var least = Double.infinity
    // The lead is 2 ms; a machine that is late now and then is not always.
    for _ in 0..<50 where least >= 1.9 {
      let (_, line) = try told([("C", 1, 0), ("p", 1, 10)])
      let match = try #require(line.firstMatch(of: #/p ([0-9.]+) ms \(permitted at ([0-9.]+) ms/#))
      let sent = try #require(Double(match.1)), permitted = try #require(Double(match.2))
      least = min(least, sent - permitted)
    }
    #expect(least < 1.9)
  }

  @Test("SAF-001 who may speak earlier lets the first device go first for 2 ms, no longer")
  func leadTime() throws {
    var least = Double.infinity
    for _ in 0..<50 where least >= 2.9 {
      let (text, line) = try told([("C", 1, 40), ("p", 1, 0)])
      let match = try #require(line.firstMatch(of: #/p ([0-9.]+) ms \(permitted at ([0-9.]+) ms/#))
      let sent = try #require(Double(match.1)), permitted = try #require(Double(match.2))
      #expect(sent - permitted >= 1.8 || text == "Cp")
      least = min(least, sent - permitted)
    }
    #expect(least < 2.9)
  }
}
