import CRealtime
import Instruments
import Quantities
import Records
import Safety

extension ScanLoop {
  private var contactorPort: Int { assembly.place(of: configuration.wiring.contactor).port }

  /// Ports of the devices that drive current. The others go on being read, and the pace ticks on.
  var drivingPorts: [Int] {
    let driving = [configuration.wiring.source.instrument, configuration.wiring.load.instrument]
    return Array(Set(driving.map { assembly.place(of: $0).port })).sorted()
  }

  /// Tells supply and load at once, also while they are busy: current to zero, output off, read back.
  func makeAllSafeNow() {
    for index in drivingPorts { ports[index].makeSafeWhenFree() }
    for index in drivingPorts where ports[index].isDone {
      ports[index].post(PortOrder(.makeSafe, at: now))
    }
  }

  /// Outputs off, current seen gone, contactor last, everything told to whoever listens.
  func finish(_ outcome: Outcome) -> Outcome {
    makeAllSafeNow()
    let driving = drivingPorts
    // A device that does not confirm may go on driving: the contactor ends its current now.
    let isConfirmed =
      wait(for: driving, budget: 1_000_000_000)
      && driving.allSatisfy { ports[$0].failure == nil }
    if !isConfirmed {
      _ = openContactor()
      wait(for: driving, budget: 5_000_000_000)
    }
    var faults = driving.compactMap { index -> String? in
      ports[index].isDone
        ? ports[index].failure.map { "\($0)" }
        : "\(ports[index].name): did not confirm that it is off"
    }
    drive.makeSafe()
    setPoint = .zero
    let isGone = currentIsGone()
    if !isGone { faults.append("current not seen below zero_current in three readings") }
    faults += openContactor()
    let final = outcome.adding(faults)
    event(
      final.status == 0 ? .info : .fault, "run.made_safe",
      faults.isEmpty
        ? "outputs off, current gone, contactor open" : faults.joined(separator: "; "))
    // Where the guard takes over it sounds the alarm itself.
    if final.isTrip || supervision.guardIsGone() { soundAlarm() }
    if final.isTrip { watchAfterTrip(final) }
    close(final)
    // Only a bench that was seen safe releases the guard from replaying the safe plans.
    if faults.isEmpty { supervision.madeSafe() }
    return final
  }

  /// Three readings of the shunt in a row below the bench's zero current; never an echo.
  private func currentIsGone() -> Bool {
    let place = assembly.place(of: configuration.wiring.current.instrument)
    var quiet = 0
    var paceAnswers = true
    for _ in 0..<12 where quiet < 3 {
      if paceAnswers { paceAnswers = advancePace() == nil }
      acquire()
      // A meter that missed its deadline proves nothing any more; the guard asks it next.
      guard ports[place.port].isDone else { return false }
      let reading =
        ports[place.port].readings[place.index][configuration.wiring.current.value]
      let below =
        reading.quality == .good
        && abs(reading.value) < envelope.rules.zeroCurrent.value
      quiet = below ? quiet + 1 : 0
    }
    return quiet == 3
  }

  private func openContactor() -> [String] {
    let port = ports[contactorPort]
    wait(for: [contactorPort], budget: 2_000_000_000)
    guard port.isDone else { return ["\(port.name): contactor does not answer"] }
    port.post(PortOrder(.makeSafe, at: now))
    wait(for: [contactorPort], budget: 2_000_000_000)
    guard port.isDone else { return ["\(port.name): contactor did not confirm opening"] }
    return port.failure.map { ["\($0)"] } ?? []
  }

  /// Everything is safe by now, and stays so whatever comes of this.
  private func soundAlarm() {
    guard let alarm = configuration.wiring.alarm else { return }
    let place = assembly.place(of: alarm)
    let port = ports[place.port]
    guard wait(for: [place.port], budget: 1_000_000_000) else {
      return event(.warning, "alarm.failed", "\(port.name): busy")
    }
    var order = PortOrder(.perform, at: now)
    order.append(.soundAlarm, to: place.index)
    port.post(order)
    guard wait(for: [place.port], budget: 2_000_000_000) else {
      return event(.warning, "alarm.failed", "\(port.name): no answer within 2 s")
    }
    let problem =
      port.failure.map { "\($0)" } ?? port.readbacks[0].fault(of: .soundAlarm, by: port.name)
    event(
      problem == nil ? .info : .warning, problem == nil ? "alarm.on" : "alarm.failed",
      problem ?? "\(port.name): alarm on")
  }

  private func close(_ outcome: Outcome) {
    for index in ports.indices where ports[index].isDone {
      ports[index].post(PortOrder(.close, at: now))
    }
    wait(for: Array(ports.indices), budget: 3_000_000_000)
    control.stop(until: lockstep_monotonic_nanoseconds() + 2_000_000_000)
    for port in ports where port.isDone { port.stop() }
    record(
      .ended(
        status: outcome.status, message: outcome.message, time: now,
        unixTime: configuration.unixStart + now.value))
  }
}

extension Outcome {
  /// A bench that could not be seen safe is a hardware failure, whatever ended the run.
  fileprivate func adding(_ faults: [String]) -> Outcome {
    guard !faults.isEmpty else { return self }
    return Outcome(
      status: 3, message: "\(message); NOT SAFE: \(faults.joined(separator: "; "))",
      trip: trip)
  }
}
