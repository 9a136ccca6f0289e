import Glibc
package import Quantities

/// Carries out a safe plan, asks the meter, and keeps watch.
package struct SafeSequence {
  package let plan: SafePlan
  package var log: GuardLog
  /// Last reply of each device, raw, for the latch and for the watch that follows.
  package private(set) var lastReplies: [String: [UInt8]] = [:]
  private var transaction: UInt16 = 0x4C00
  /// Devices whose port failed in the last round, with the errno.
  private var gone: [String: Int32] = [:]
  private var answered: Set<String> = []

  /// Apart enough that a meter which updates at 50 Hz has measured anew.
  private static let readingInterval: Int32 = 20
  /// How long one call asks before the whole sequence is due again.
  private static let askingTime = Nanoseconds.milliseconds(500)

  /// A sequence that says what it does to `log`.
  package init(_ plan: SafePlan, log: GuardLog = GuardLog()) {
    self.plan = plan
    self.log = log
  }

  /// Every device, all ports at once, the first device first. Whether all answered.
  ///
  /// - Parameter death: when the death was seen, ns; the first bytes' times are said from there.
  package mutating func replay(death: Int64? = nil) -> Bool {
    let lines = carryOut(plan.devices, quietly: false)
    if let death { log.say(FirstByte.line(lines.lines.flatMap(\.firstBytes), death: death)) }
    for device in plan.devices { sayIfGone(device.name) }
    return lines.isComplete
  }

  /// Reads the meter until the current was below the threshold in as many readings in a row as the
  /// plan wants, or `askingTime` is over. Quiet about success when `quietly`.
  package mutating func isCurrentGone(quietly: Bool) -> Bool {
    let proof = plan.verification
    let end = Nanoseconds.now + Self.askingTime
    var last = readCurrent()
    var inARow: UInt32 = last.map(proof.isGone) == true ? 1 : 0
    // A row that has begun may end, so that a slow meter gets its readings in.
    while inARow < proof.readings, inARow > 0 || Nanoseconds.now < end {
      poll(nil, 0, Self.readingInterval)
      last = readCurrent()
      inARow = last.map(proof.isGone) == true ? inARow + 1 : 0
    }
    let seen = last.map { "\($0) A" } ?? "no reading"
    if inARow < proof.readings {
      sayIfGone(proof.device.name)
      log.sayOnce(
        "\(proof.device.name): current not shown to be gone: last \(seen), below "
          + "\(proof.threshold) A wanted in \(proof.readings) readings in a row")
      return false
    }
    if !quietly {
      log.sayOnce(
        "\(proof.device.name): current is gone: last \(seen), \(inARow) readings in a row")
    }
    return true
  }

  /// Asks every watched device once; the replies by device.
  package mutating func look() -> [(device: String, reply: [UInt8])] {
    for device in plan.watch { lastReplies[device.name] = nil }
    _ = carryOut(plan.watch, quietly: true)
    return plan.watch.compactMap { device in
      lastReplies[device.name].map { (device.name, $0) }
    }
  }

  private mutating func readCurrent() -> Double? {
    let meter = plan.verification.device
    lastReplies[meter.name] = nil
    _ = carryOut([meter], quietly: true)
    return lastReplies[meter.name].flatMap(plan.verification.current(in:))
  }

  private mutating func carryOut(_ devices: [SafePlan.Device], quietly: Bool) -> SafeLines {
    for device in devices {
      gone[device.name] = nil
      answered.remove(device.name)
    }
    var lines = SafeLines(devices, transaction: transaction, now: Nanoseconds.now)
    while !lines.isOver {
      for report in lines.turn() { note(report, quietly: quietly) }
    }
    transaction &+= 1000
    return lines
  }

  private mutating func note(_ report: SafeLine.Report, quietly: Bool) {
    let name = report.task.device
    let tries = report.attempt == 1 ? "" : " (attempt \(report.attempt))"
    let what = "\(name): \(report.task.exchange.purpose): "
    switch report.outcome {
    case .answered([]):
      // That an order went says nothing about its device.
      log.sayOnce(what + "sent" + tries)
    case .answered(let reply):
      answered.insert(name)
      lastReplies[name] = reply
      if !quietly { log.sayOnce(what + "done" + tries) }
    case .refused(let code): log.sayOnce(what + "refused with exception \(code)" + tries)
    case .silent(let received):
      let came = received.isEmpty ? "" : ", came: " + hexadecimal(Array(received.prefix(64)))
      let time = report.task.exchange.replyTimeoutMilliseconds
      log.sayOnce(what + "no reply in \(time) ms" + tries + came)
    case .gone(let code): gone[name] = code
    }
  }

  /// A port that is not there any more takes no order: who can still end the current?
  private mutating func sayIfGone(_ name: String) {
    guard let code = gone[name] else { return }
    let contactor = plan.devices[0].name
    let what =
      if name == plan.verification.device.name {
        "the current cannot be read"
      } else if name == contactor {
        "it opens by itself once nobody re-arms it"
      } else {
        "only the \(contactor) can stop it; \(contactor) "
          + (answered.contains(contactor) ? "told to open" : "does not answer")
      }
    log.sayOnce("\(name): port is gone (errno \(code)): \(what)")
  }
}
