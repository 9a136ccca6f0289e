internal import Profiles

/// The devices and what is behind them: requests in, replies out, no ports and no clock of its own.
package struct VirtualBench {
  package var physics: BenchPhysics
  /// Wall time of the last request to run, ns of a monotonic clock; set by whoever serves.
  package var lastTick: Int64?
  private var devices: [any EmulatedDevice]
  /// Each device as it comes from the factory.
  private let fresh: [any EmulatedDevice]

  init(physics: BenchPhysics, devices: [any EmulatedDevice]) {
    self.physics = physics
    self.devices = devices
    fresh = devices
  }

  /// What a device answers to a request (protocol data units), or nil when it stays silent.
  package mutating func answer(device: Int, _ request: some Collection<UInt8>) -> [UInt8]? {
    exchange(device: device, port: "", Array(request)).reply
  }

  /// What comes back for a request, and what becomes of it on its way.
  struct Exchange {
    var reply: [UInt8]?
    /// In the order in which it happens.
    var damage: [BusFault] = []
    /// How long the device takes over its answer, s.
    var thinkingTime = 0.0
  }

  /// Asks a device at one of its ports, with the faults that are in force.
  mutating func exchange(device: Int, port: String, _ request: [UInt8]) -> Exchange {
    learn()
    let isWrite = devices[device].isWrite(request)
    var exchange = Exchange()
    exchange.damage = physics.faults.bus(device: device, port: port, isWrite: isWrite)
    for damage in exchange.damage {
      switch damage {
      case .silence(obeys: false): return exchange
      case .exception(let code):
        exchange.reply = devices[device].refusal(of: request, code: code)
        return exchange
      default: break
      }
    }
    exchange.reply = answer(device, request, isWrite)
    if physics.runsByItself { exchange.thinkingTime = devices[device].thinkingTime }
    if exchange.damage.contains(.silence(obeys: true)) { exchange.reply = nil }
    return exchange
  }

  private mutating func answer(_ device: Int, _ request: [UInt8], _ isWrite: Bool) -> [UInt8]? {
    guard isWrite, let writes = physics.faults.panel(device: device) else {
      return devices[device].answer(request, &physics)
    }
    guard writes == .ignored else { return devices[device].refusal(of: request, code: 4) }
    // Answered as if: on copies that are thrown away.
    var (rehearsed, scratch) = (devices[device], physics)
    scratch.isRehearsal = true
    return rehearsed.answer(request, &scratch)
  }

  /// Lets the devices know what faults have done to them since they were last asked.
  private mutating func learn() {
    for change in physics.deviceChanges {
      switch change {
      case .reset(let device): devices[device] = fresh[device]
      case .lostRemote(let device): devices[device].loseRemote()
      }
    }
    physics.deviceChanges = []
  }
}
