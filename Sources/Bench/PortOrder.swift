package import Instruments
package import Quantities

/// What the scan thread asks of one port, once.
package struct PortOrder {
  package enum Kind { case open, acquire, perform, makeSafe, close, stop }

  var kind: Kind
  var now: Seconds
  /// Commands with the index of the instrument on this port.
  var commands: InlineArray<4, Command>
  var targets: InlineArray<4, Int>
  var count: Int

  package init(_ kind: Kind, at now: Seconds) {
    self.kind = kind
    self.now = now
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
