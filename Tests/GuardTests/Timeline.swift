import Foundation

/// What reached the devices of a test bench, in order over all ports, and the plant behind them.
final class Timeline: @unchecked Sendable {
  struct Entry: Equatable {
    var device: String
    var request: [UInt8]
  }

  private let condition = NSCondition()
  private var entries: [Entry] = []
  private var contactorClosed = true
  private var outputOn = true

  /// Notes a request and lets the plant follow it.
  func take(_ request: [UInt8], by device: String) {
    condition.withLock {
      entries.append(Entry(device: device, request: request))
      if device == "contactor" { contactorClosed = false }
      if device == "psu" { outputOn = false }
      condition.broadcast()
    }
  }

  /// The current that the meter sees, A.
  func current(welded: Bool) -> Double {
    condition.withLock { (contactorClosed || welded) && outputOn ? 1.5 : 0.001 }
  }

  func switchEverythingOff() {
    condition.withLock { outputOn = false }
  }

  var devices: [String] { condition.withLock { entries.map(\.device) } }

  func requests(of device: String) -> [[UInt8]] {
    condition.withLock { entries.filter { $0.device == device }.map(\.request) }
  }

  /// Blocks until this device got a request; whoever waits a minute for it waits in vain.
  func awaitRequest(of device: String) {
    let end = Date(timeIntervalSinceNow: 60)
    condition.withLock {
      while !entries.contains(where: { $0.device == device }), condition.wait(until: end) {}
    }
  }
}
