import Foundation
import Testing
import Validation

/// A cell in closed form: x from 0.1 to 0.8 of Q, voltage 3.6 + 0.6 x + R I, potential a - b x - c I. Under
/// constant voltage the potential rises, so that it is lowest where that begins.
private struct LinearCell {
  var (q, r, a, b, c) = (18_000.0, 0.05, 0.19, 0.12, 0.02)
  var (from, to) = (0.1, 0.8)

  /// Where constant voltage begins.
  private func corner(_ current: Double, _ voltage: Double) -> Double {
    min(max((voltage - 3.6 - r * current) / 0.6, from), to)
  }

  func lowest(_ current: Double, _ voltage: Double) -> Double {
    a - b * corner(current, voltage) - c * current
  }

  /// s; infinite when it never gets there.
  func duration(_ current: Double, _ voltage: Double) -> Double {
    let x = corner(current, voltage)
    let head = (voltage - 3.6 - 0.6 * x, voltage - 3.6 - 0.6 * to)
    guard x < to else { return q * (to - from) / current }
    guard head.1 > 0 else { return .infinity }
    return q * (x - from) / current + q * r / 0.6 * log(head.0 / head.1)
  }

  func charge(_ current: Double, _ voltage: Double, _ longest: Double, _ margin: Double)
    -> CCCVSearch.Outcome
  {
    if lowest(current, voltage) < margin { return .broken }
    let time = duration(current, voltage)
    return time > longest ? .late : .reached(time)
  }
}

@Suite("Search for the fastest CC-CV")
struct CCCVSearchTests {
  private let cell = LinearCell()

  @Test(
    "It finds the fastest of all to a third of a per cent: voltage below 4.2, at 4.2, and no limit",
    arguments: [0.02, 0.05, -1])
  func fastest(margin: Double) throws {
    let search = CCCVSearch(currents: 0.5...6, voltages: 3.7...4.2)
    var trials = 0
    let found = try #require(
      search.run { current, voltage, longest in
        trials += 1
        return cell.charge(current, voltage, longest, margin)
      })
    var best = Double.infinity
    for volts in stride(from: 3.7, through: 4.2, by: 0.0005) {
      for amperes in stride(from: 0.5, through: 6, by: 0.001)
      where cell.lowest(amperes, volts) >= margin {
        best = min(best, cell.duration(amperes, volts))
      }
    }
    #expect(found.duration <= 1.0033 * best && found.duration >= 0.999 * best)
    #expect(cell.lowest(found.current, found.voltage) >= margin)
    if margin > 0 { #expect(cell.lowest(found.current + 0.01, found.voltage) < margin) }
    #expect(trials < 1000)
  }

  @Test("A margin that no current keeps has no answer")
  func none() {
    let search = CCCVSearch(currents: 0.5...6, voltages: 3.7...4.2)
    #expect(search.run { cell.charge($0, $1, $2, 0.3) } == nil)
  }
}

@Suite("The largest current of a falling slack")
struct LargestCurrentTests {
  /// V as a function of A; its root is where it is zero.
  static let slacks: [@Sendable (Double) -> Double?] = [
    { 0.031 - 0.01 * $0 }, { 0.031 - 0.0001 * $0 }, { 0.1 - 0.004 * $0 * $0 * $0 },
    { min(0.5 - 0.1 * $0, 0.031 - 0.01 * $0) }, { $0 > 3.7 ? nil : 0.2 - 0.01 * $0 },
    { $0 > 2 ? nil : 1e-4 },
  ]

  @Test("It is found from below, to the tolerance, and again from where it was", arguments: 0..<6)
  func found(index: Int) throws {
    let slack = Self.slacks[index]
    var search = LargestCurrent(ceiling: 6)
    for shift in [0, 0.001, -0.002, 0.0005, 0] {
      var trials = 0
      let current = try #require(
        search.find {
          trials += 1
          return slack($0).map { $0 + (index == 5 ? 0 : shift) }
        })
      func value(_ current: Double) -> Double {
        slack(current).map { $0 + (index == 5 ? 0 : shift) } ?? -1
      }
      #expect(value(current) >= 0)
      #expect(current == 6 || value(current + 2.5e-3) < 0, "\(index): \(current)")
      #expect(trials < 40)
    }
  }

  @Test("The ceiling is taken when it is allowed, and nothing when not even 0 is")
  func ends() {
    var search = LargestCurrent(ceiling: 6)
    #expect(search.find { 1 - 0.1 * $0 } == 6)
    #expect(search.find { _ in -0.1 } == nil)
    #expect(search.find { -1e-6 - $0 } == nil)
  }
}
