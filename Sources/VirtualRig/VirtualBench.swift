/// The devices and what is behind them: bytes in, bytes out, no ports and no clock of its own.
package struct VirtualBench {
  package var physics: BenchPhysics
  /// Wall time of the last request to run, ns of a monotonic clock; set by whoever serves.
  package var lastTick: Int64?
  private var devices: [any EmulatedDevice]

  init(physics: BenchPhysics, devices: [any EmulatedDevice]) {
    self.physics = physics
    self.devices = devices
  }

  /// What a device answers to a request (protocol data units), or nil when it stays silent.
  package mutating func answer(device: Int, _ request: some Collection<UInt8>) -> [UInt8]? {
    devices[device].answer(request, &physics)
  }
}
