import Instruments
import Quantities
import Synchronization
import Testing

/// A board of two timed relays whose time is the test's. A second closing while one is closed is answered
/// and has no effect; the oracle keeps when each was closed and opened.
final class TimedPair: Sendable {
  struct Closing: Sendable, Hashable {
    var relay: Int
    var from: Double
    var to: Double
  }

  private struct State {
    var now = 0.0
    var closings: [Closing] = []
    /// Closings that met a closed relay.
    var ignored = 0
    /// Relays that answer and do not close.
    var dead: Set<Int> = []
    /// Relays whose coil reads closed once it was told, for ever.
    var stuck: Set<Int> = []
    /// The relays' time by ours.
    var slowness = 1.0

    func isClosed(_ relay: Int) -> Bool {
      closings.contains {
        $0.relay == relay && ($0.from <= now && now < $0.to || stuck.contains(relay))
      }
    }
  }

  private let state = Mutex(State())

  /// The board on a line.
  func device() throws -> VirtualDevice {
    try VirtualDevice(behaviour: { [self] request, memory in answer(request, memory) })
  }

  var closings: [Closing] { state.withLock { $0.closings } }
  var ignored: Int { state.withLock { $0.ignored } }
  func wait(until time: Double) { state.withLock { $0.now = time } }
  func kill(_ relay: Int) { state.withLock { _ = $0.dead.insert(relay) } }
  func stick(_ relay: Int) { state.withLock { _ = $0.stuck.insert(relay) } }
  func slow(_ factor: Double) { state.withLock { $0.slowness = factor } }

  private func answer(_ request: VirtualDevice.Request, _ memory: VirtualDevice.Memory)
    -> VirtualDevice.Answer
  {
    state.withLock { state in
      let told = request.address - 0x0200
      let isTimed = request.function == 5 && (told == 0 || told == 1)
      if isTimed, state.isClosed(told) {
        state.ignored += 1
      } else if isTimed, !state.dead.contains(told) {
        let time = Double(request.number) / 10 * state.slowness
        state.closings.append(Closing(relay: told, from: state.now, to: state.now + time))
      } else if request.function == 5, request.address < 2 {
        for index in state.closings.indices where state.closings[index].relay == request.address {
          state.closings[index].to = min(state.closings[index].to, state.now)
        }
      }
      for relay in 0..<2 { memory.coils[relay] = state.isClosed(relay) ? 1 : 0 }
      return isTimed ? .echo : .normal
    }
  }
}

extension TimedPair {
  /// The first instant from the first closing to `end` at which no relay was closed; nil: there is none.
  /// Closings that only touch do not overlap.
  func gap(until end: Double) -> Double? {
    let closings = closings.sorted { $0.from < $1.from }
    guard var reach = closings.first?.to else { return 0 }
    for next in closings.dropFirst() {
      guard next.from < reach else { break }
      reach = max(reach, next.to)
    }
    return reach > end ? nil : reach
  }
}

/// When the scans of a bench begin, and how long after that their order is carried out.
struct Scans: Sendable, CustomTestStringConvertible {
  var period: Double
  var hold: Double
  /// An order comes within this part of its scan.
  var spread = 0.0
  /// Every so many, a scan does not come; 0: all come.
  var missing = 0
  var testDescription: String {
    "scan \(period) s, hold \(hold) s, orders within \(spread) of a scan"
      + (missing > 0 ? ", each \(missing)th missed" : "")
  }

  /// Begin of each scan, and when its order is carried out; as many as make 12 turns, 100 at least.
  var times: [(scan: Double, order: Double)] {
    var state: UInt64 = 42
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    return (0..<max(100, Int(12 * hold / period))).compactMap { index in
      let late = (spread * random() + 0.01) * period
      guard missing == 0 || index % missing != missing - 1 else { return nil }
      return (Double(index) * period, Double(index) * period + late)
    }
  }
}
