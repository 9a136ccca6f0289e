import CRealtime
import Instruments
import Quantities
import Records
import Safety

extension ScanLoop {
  /// Nanoseconds of wall time that a port may take before the scan goes on without it.
  private var acquireBudget: Int64 {
    configuration.pace == .stepped
      ? 5_000_000_000 : Int64(configuration.scan.value * 0.6e9)
  }

  /// Waits for ports in slices, beating the heart. True when all are done.
  @discardableResult
  func wait(for indices: [Int], budget: Int64) -> Bool {
    ports.wait(for: indices, budget: budget, heart)
  }

  /// Opens every instrument.
  func open() -> Outcome? {
    event(.info, "run.opening", "opening \(configuration.instruments.count) instruments")
    let pace = configuration.wiring.pace.map { assembly.place(of: $0).port }
    if let outcome = ports.open(pace: pace, at: now, heart) { return outcome }
    drive.armed()
    return nil
  }

  /// Runs the pace on by one scan, or sleeps until the next scan is due.
  func advancePace() -> Outcome? {
    guard let pace = configuration.wiring.pace, configuration.pace == .stepped else {
      return sleepUntilDue()
    }
    let place = assembly.place(of: pace)
    var order = PortOrder(.perform, at: now)
    order.append(.advance(configuration.scan), to: place.index)
    guard ports[place.port].isDone else {
      return Outcome(status: 3, message: "pace: the rig's clock does not answer")
    }
    ports[place.port].post(order)
    wait(for: [place.port], budget: 5_000_000_000)
    guard ports[place.port].isDone, ports[place.port].failure == nil else {
      let why = ports[place.port].failure.map { "\($0)" } ?? "no answer within 5 s"
      return Outcome(status: 3, message: "pace: \(why)")
    }
    let time = ports[place.port].readbacks[0].read
    let origin = paceOrigin ?? origin(of: time)
    now = Seconds(time - origin)
    if paceOrigin == nil { record(.paceMark(time: now, pace: time)) }
    paceOrigin = origin
    return nil
  }

  /// A stepped clock that nobody asks runs on; asked to run for nothing it stands.
  func holdPace() {
    guard let pace = configuration.wiring.pace, configuration.pace == .stepped else { return }
    let place = assembly.place(of: pace)
    guard ports[place.port].isDone else { return }
    var order = PortOrder(.perform, at: now)
    order.append(.advance(.zero), to: place.index)
    ports[place.port].post(order)
  }

  /// The port of the stepped clock.
  var pacePorts: [Int] {
    guard let pace = configuration.wiring.pace, configuration.pace == .stepped else { return [] }
    return [assembly.place(of: pace).port]
  }

  private func sleepUntilDue() -> Outcome? {
    let period = Int64(configuration.scan.value * 1e9)
    let due = nextDue ?? monotonicStart + period
    while lockstep_monotonic_nanoseconds() < due {
      heart.beat()
      _ = lockstep_sleep_until(min(due, lockstep_monotonic_nanoseconds() + 40_000_000))
    }
    let woke = lockstep_monotonic_nanoseconds()
    timing.woke(due: due, now: woke)
    // A scan that was missed whole is not made up for in a burst.
    nextDue = due + period > woke ? due + period : woke + period
    now = Seconds(Double(woke - monotonicStart) / 1e9)
    return nil
  }

  /// Every free port reads its devices, all at once.
  func acquire(budget: Int64? = nil) {
    var asked: [Int] = []
    for index in ports.indices where ports[index].isDone {
      ports[index].post(PortOrder(.acquire, at: now))
      asked.append(index)
    }
    wait(for: asked, budget: budget ?? acquireBudget)
  }

  /// Time within which a contactor that is held must read closed.
  private static let closing = Seconds(2)

  /// Why a contactor that has been held may be open, or nil. It is never closed again onto a live supply.
  private func contactorProblem(_ sample: Sample) -> String? {
    guard heldContactor, now - heldSince > Self.closing else { return nil }
    let unarmed = now - lastArmed
    if unarmed >= configuration.wiring.hold {
      return "last re-armed \(unarmed) ago, it holds for \(configuration.wiring.hold)"
    }
    guard sample.contactorIsRead else { return nil }
    let age = now - sample.contactorClosed.time
    if age > envelope.rules.ageLimit { return "not read for \(age)" }
    return sample.contactorClosed.valid == false ? "open although held" : nil
  }

  /// What became of the last order to the contactor; asked before the next one wipes it.
  func contactorFault() -> Outcome? {
    let port = ports[assembly.place(of: configuration.wiring.contactor).port]
    guard contactorAsked, port.isDone else { return nil }
    contactorAsked = false
    if let failure = port.failure { return Outcome(status: 3, message: "\(failure)") }
    let readback = port.readbacks[0]
    guard !readback.agrees else { return nil }
    return Outcome(
      status: 3,
      message: "\(port.name): contactor told \(readback.requested), reads \(readback.read)")
  }

  /// Re-arms the dead-man contactor where it is to be held, or opens it: only called on this scan's safe
  /// verdict (S14), and not when that verdict has grown old because the process was stopped.
  func driveContactor(_ sample: Sample) -> Outcome? {
    let place = assembly.place(of: configuration.wiring.contactor)
    defer { heldContactor = drive.holdsContactor }
    if !drive.holdsContactor || !heldContactor { heldSince = now }
    guard ports[place.port].isDone, drive.holdsContactor || heldContactor else { return nil }
    if drive.holdsContactor, let problem = contactorProblem(sample) {
      return Outcome(status: 3, message: "contactor: \(problem): not re-armed, outputs off")
    }
    let age = lockstep_monotonic_nanoseconds() - sampleTaken
    guard age < PortOrder.lifetime else {
      return Outcome(
        status: 3,
        message: "held up for \(age / 1_000_000) ms between sample and verdict, "
          + "\(PortOrder.lifetime / 1_000_000) ms allowed: the contactor is not re-armed")
    }
    var order = PortOrder(.perform, at: now)
    order.expires = sampleTaken + PortOrder.lifetime
    contactorAsked = true
    if drive.holdsContactor { lastArmed = now }
    order.append(
      drive.holdsContactor ? .rearm(hold: configuration.wiring.hold) : .openContactor,
      to: place.index)
    ports[place.port].post(order)
    return nil
  }
}
