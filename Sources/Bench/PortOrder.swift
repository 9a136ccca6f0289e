import CRealtime
package import Instruments
package import Quantities

/// What the scan thread asks of one port, once.
package struct PortOrder {
  package enum Kind { case open, acquire, perform, makeSafe, close, stop }

  /// How long after its making an order that moves something may still be carried out, ns of wall time:
  /// the longest silence of the heart. A process that was stopped and goes on must not act on a verdict
  /// of before.
  package static let lifetime: Int64 = 500_000_000

  var kind: Kind
  /// When it ceases to be valid, ns of the monotonic clock.
  package var expires: Int64
  var now: Seconds
  /// Commands with the index of the instrument on this port.
  var commands: InlineArray<4, Command>
  var targets: InlineArray<4, Int>
  var count: Int

  package init(_ kind: Kind, at now: Seconds) {
    self.kind = kind
    self.now = now
    expires = kind == .perform ? lockstep_monotonic_nanoseconds() + Self.lifetime : .max
    commands = .init(repeating: .switchOff)
    targets = .init(repeating: 0)
    count = 0
  }

  package mutating func append(_ command: Command, to target: Int) {
    precondition(count < 4, "more commands in one order than a transition has")
    commands[count] = command
    targets[count] = target
    count += 1
  }
}
