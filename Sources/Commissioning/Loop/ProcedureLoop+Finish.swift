import Bench
import Instruments
import Quantities
import Records
import Safety

extension ProcedureLoop {
  private var driving: [Int] {
    Array(Set([bench.wiring.source.instrument, bench.wiring.load.instrument])).sorted()
  }

  /// Tells supply and load at once, also while they are busy: current to zero, output off, read back.
  func tellDriving() {
    for index in driving { ports[index].makeSafeWhenFree() }
    for index in driving where ports[index].isDone {
      ports[index].post(PortOrder(.makeSafe, at: now))
    }
  }

  /// Outputs off, current seen gone, contactor open, everything told to whoever listens.
  func finish(_ outcome: Outcome) -> Outcome {
    drive.makeSafe()
    tellDriving()
    // A device that does not confirm may go on driving: the contactor ends its current now.
    let isConfirmed =
      wait(for: driving, budget: 1_000_000_000)
      && driving.allSatisfy { ports[$0].failure == nil }
    if !isConfirmed {
      _ = openContactor()
      if currentIsGone() { announce("current is gone") }
    }
    wait(for: driving, budget: 5_000_000_000)
    var faults = driving.compactMap { confirmed($0, "did not confirm that it is off") }
    setPoint = .zero
    if currentIsGone() {
      announce("current is gone")
    } else {
      faults.append("current not seen below zero_current in three readings")
    }
    faults += openContactor()
    let isSafe = faults.isEmpty
    let final =
      isSafe
      ? outcome
      : Outcome(
        status: 3, message: "\(outcome.message); NOT SAFE: \(faults.joined(separator: "; "))",
        trip: outcome.trip)
    event(
      isSafe ? .info : .fault, "run.made_safe",
      isSafe ? "outputs off, current gone, contactor open" : faults.joined(separator: "; "))
    for index in ports.indices where ports[index].isDone {
      ports[index].post(PortOrder(.close, at: now))
    }
    wait(for: Array(ports.indices), budget: 3_000_000_000)
    for port in ports where port.isDone { port.stop() }
    record(
      .ended(
        status: final.status, message: final.message, time: now,
        unixTime: bench.unixStart + now.value))
    // Only a bench that was seen safe releases the guard from replaying the safe plans.
    if isSafe { supervision.madeSafe() }
    return final
  }

  private func confirmed(_ index: Int, _ otherwise: String) -> String? {
    ports[index].isDone ? ports[index].failure.map { "\($0)" } : "\(name(index)): \(otherwise)"
  }

  private func openContactor() -> [String] {
    let contactor = bench.wiring.contactor
    guard wait(for: [contactor], budget: 2_000_000_000) else {
      return ["\(name(contactor)): contactor does not answer"]
    }
    ports[contactor].post(PortOrder(.makeSafe, at: now))
    wait(for: [contactor], budget: 2_000_000_000)
    return [confirmed(contactor, "did not confirm opening")].compactMap(\.self)
  }

  /// Three readings of the shunt in a row below the bench's zero current; never an echo.
  private func currentIsGone() -> Bool {
    let meter = bench.wiring.current
    var quiet = 0
    var paceAnswers = true
    for _ in 0..<12 where quiet < 3 {
      if paceAnswers, bench.pace == .stepped { paceAnswers = advancePace() == nil }
      acquire()
      guard ports[meter.instrument].isDone else { return false }
      let reading = ports[meter.instrument].readings[0][meter.value]
      let below =
        reading.quality == .good
        && abs(reading.value) < bench.envelope.rules.zeroCurrent.value
      quiet = below ? quiet + 1 : 0
    }
    return quiet == 3
  }
}
