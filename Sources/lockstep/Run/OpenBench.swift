import Drivers
import Guard
import Profiles
import Quantities
import Transports

/// A bench that is locked and whose ports are open: the descriptors that outlive this process image.
struct OpenBench {
  /// In the order of the bench's instruments.
  let ports: [GuardOrders.Port]
  let framings: [SafePlan.Framing]
  let locks: [Int32]

  /// Locks the ports of a locked bench and opens them.
  ///
  /// - Throws: `CommandFailure`, `PortError`; what was opened so far is closed with the process.
  init(_ plan: RunPlan, at places: BenchPorts, benchLock: Int32, holder: String) throws {
    var locks = [benchLock]
    var ports: [GuardOrders.Port] = []
    for (index, address) in places.addresses.enumerated() {
      locks.append(try Self.lock(.port("\(address)"), holder))
      let port = try address.open(plan.profiles[index])
      ports.append(
        GuardOrders.Port(
          name: plan.files.bench.instruments[index].name, descriptor: port.release()))
    }
    self.ports = ports
    self.locks = locks
    framings = places.addresses.map(\.framing)
  }

  /// A lock that lives as long as the descriptor, or who holds it.
  static func lock(_ subject: BenchLock.Subject, _ holder: String) throws -> Int32 {
    do {
      return try BenchLock(subject, holder: holder).release()
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
  }

  /// What the guard replays: the contactor first, then supply, load, the rest. The alarm goes out behind
  /// the contactor's own orders, on its line: no other device waits for it.
  ///
  /// - Parameter alarmed: whether the bench's alarm is sounded.
  func safePlan(_ plan: RunPlan, alarmed: Bool = true) throws -> SafePlan {
    let bench = plan.files.bench
    let order: [BenchInstrument.Role] = [.contactor, .source, .load, .bidirectional]
    var devices: [SafePlan.Device] = []
    for role in order {
      for (index, instrument) in bench.instruments.enumerated() where instrument.role == role {
        devices.append(
          try SafePlanCompiler.device(
            name: instrument.name, profile: plan.profiles[index],
            descriptor: ports[index].descriptor, framing: framings[index],
            alarm: alarmed && instrument.name == bench.protection.alarm))
      }
    }
    return SafePlan(
      devices: devices, verification: try verification(plan),
      heartbeatSilenceMilliseconds: UInt32(bench.heartbeatSilence.value * 1000),
      watch: try watch(plan), watchSeconds: UInt32(bench.tripWatch.value))
  }

  /// Voltage and temperatures, which the guard goes on asking for when the controller is dead (S9).
  private func watch(_ plan: RunPlan) throws -> [SafePlan.Device] {
    let bench = plan.files.bench
    let readings =
      [bench.readings.cellVoltage] + bench.readings.surfaceTemperature
      + [bench.readings.ambientTemperature].compactMap(\.self)
    var devices: [SafePlan.Device] = []
    for (index, instrument) in bench.instruments.enumerated() {
      let channels = readings.filter { $0.instrument == instrument.name }.map(\.value)
      guard !channels.isEmpty,
        let device = try SafePlanCompiler.watch(
          name: instrument.name, profile: plan.profiles[index], channels: channels,
          descriptor: ports[index].descriptor, framing: framings[index])
      else { continue }
      devices.append(device)
    }
    return devices
  }

  private func verification(_ plan: RunPlan) throws -> SafePlan.ZeroCurrent {
    let bench = plan.files.bench
    let reading = bench.readings.current
    guard let index = bench.instruments.firstIndex(where: { $0.name == reading.instrument })
    else {
      throw CommandFailure(status: 2, message: "\(bench.path): reading.current: no such meter")
    }
    return try SafePlanCompiler.zeroCurrent(
      name: reading.instrument, profile: plan.profiles[index], channel: reading.value,
      descriptor: ports[index].descriptor, framing: framings[index], threshold: bench.zeroCurrent,
      timeout: Seconds(10))
  }
}
