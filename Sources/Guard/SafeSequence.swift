import Glibc
import Quantities

/// Carries out a safe plan and asks the meter.
struct SafeSequence {
  let plan: SafePlan
  var log = GuardLog()
  /// Last reply of each device, raw, for the latch and for the watch that follows.
  private(set) var lastReplies: [String: [UInt8]] = [:]
  private var transaction: UInt16 = 0x4C00

  /// Apart enough that a meter which updates at 50 Hz has measured anew.
  private static let readingInterval: Int64 = 20
  /// How long one call asks before the whole sequence is due again.
  private static let askingTime: Int64 = 500

  init(_ plan: SafePlan) { self.plan = plan }

  /// Every device in the plan's order, whatever became of the one before. Whether all answered.
  mutating func replay() -> Bool {
    var complete = true
    for device in plan.devices {
      for exchange in device.exchanges where perform(exchange, on: device, quietly: false) == nil {
        complete = false
      }
    }
    return complete
  }

  /// Reads the meter until the current was below the threshold in as many readings in a row as the
  /// plan wants, or `askingTime` is over. Quiet about success when `quietly`.
  mutating func isCurrentGone(quietly: Bool) -> Bool {
    let proof = plan.verification
    let end = Milliseconds.now + Self.askingTime
    var inARow: UInt32 = 0
    var last: Double?
    while true {
      last = readCurrent()
      inARow = last.map(proof.isGone) == true ? inARow + 1 : 0
      if inARow >= proof.readings { break }
      // A row that has begun may end, so that a slow meter gets its readings in.
      if Milliseconds.now >= end && inARow == 0 { break }
      poll(nil, 0, Int32(Self.readingInterval))
    }
    let seen = last.map { "\($0) A" } ?? "no reading"
    if inARow < proof.readings {
      log.say(
        "\(proof.device.name): current not shown to be gone: last \(seen), below "
          + "\(proof.threshold) A wanted in \(proof.readings) readings in a row")
      return false
    }
    if !quietly {
      log.say("\(proof.device.name): current is gone: last \(seen), \(inARow) readings in a row")
    }
    return true
  }

  private mutating func readCurrent() -> Double? {
    let meter = plan.verification.device
    var reply: [UInt8]?
    for exchange in meter.exchanges { reply = perform(exchange, on: meter, quietly: true) }
    return reply.flatMap(plan.verification.current(in:))
  }

  private mutating func perform(
    _ exchange: SafePlan.Exchange, on device: SafePlan.Device, quietly: Bool
  ) -> [UInt8]? {
    let wire = Wire(descriptor: device.descriptor, framing: device.framing)
    for attempt in 1...max(exchange.attempts, 1) {
      transaction &+= 1
      let what = "\(device.name): \(exchange.purpose): "
      let tries = attempt == 1 ? "" : " (attempt \(attempt))"
      switch wire.attempt(exchange, transaction: transaction) {
      case .answered(let reply):
        lastReplies[device.name] = reply
        if !quietly { log.say(what + "done" + tries) }
        return reply
      case .refused(let code): log.say(what + "refused with exception \(code)" + tries)
      case .silent(let received):
        let came = received.isEmpty ? "" : ", came: " + hexadecimal(Array(received.prefix(64)))
        log.say(what + "no reply in \(exchange.replyTimeoutMilliseconds) ms" + tries + came)
      case .gone(let code):
        log.say(what + "the port fails with errno \(code)" + tries)
        // Without a pause a dead port would be tried a thousand times a second.
        poll(nil, 0, 20)
      }
    }
    return nil
  }
}
