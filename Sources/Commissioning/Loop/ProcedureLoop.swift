public import Bench
import CRealtime
import Instruments
import Quantities
import Records
import Safety

/// Runs one procedure on one bench, once: acquire, judge, ask the procedure, carry out; and makes the
/// bench safe whatever happens.
///
/// The set-up commands' own small loop: no twin, no deadline finer than the heartbeat. A scan that a slow
/// device makes late is late, and the envelope judges the age of what came.
public final class ProcedureLoop {
  let bench: ProcedureBench
  let supervision: Supervision
  let heart: HeartWatch
  var assembly: SampleAssembly
  /// Says one line at once to whoever watches this process from outside.
  let announce: (String) -> Void
  let ports: [PortThread]
  var drive = DriveMachine()
  var setPoint = Amperes.zero
  /// Whether the procedure's last order about the contactor was to hold it.
  var holdsContactor = false
  var last: Sample
  var scan = 0
  var now = Seconds.zero
  var paceOrigin: Double?
  let monotonicStart: Int64

  /// A loop ready to run; starts the port threads.
  public init(
    _ bench: ProcedureBench, supervision: Supervision, announce: @escaping (String) -> Void
  ) {
    self.bench = bench
    self.supervision = supervision
    heart = HeartWatch(send: supervision.beat)
    assembly = SampleAssembly(bench.wiring, start: .zero)
    self.announce = announce
    ports = bench.instruments.map { PortThread(name: $0.name, instruments: [$0]) }
    last = Sample(scan: -1, time: .zero, unixTime: bench.unixStart)
    monotonicStart = lockstep_monotonic_nanoseconds()
  }

  /// Opens the bench, runs `procedures` one after the other, makes safe.
  ///
  /// - Parameter seen: called with each procedure after each of its turns.
  public func run(_ procedures: [any Procedure], seen: (any Procedure) -> Void) -> Outcome {
    finish(open() ?? scans(procedures, seen))
  }

  private func scans(_ procedures: [any Procedure], _ seen: (any Procedure) -> Void) -> Outcome {
    for var procedure in procedures {
      var title = ""
      repeat {
        if title != procedure.title {
          title = procedure.title
          event(.info, "procedure.stage", title)
          announce(title)
        }
        if let outcome = supervision.interruption() ?? advancePace() { return outcome }
        acquire()
        last = takeSample()
        record(.sample(last, step: 0, phase: 0))
        if procedure.isJudged, let outcome = judge(last) { return outcome }
        let turn = procedure.next(last)
        seen(procedure)
        scan += 1
        switch turn {
        case .finished(nil): title = ""
        case .finished(let wrong?): return Outcome(status: 1, message: wrong)
        case .order(let order):
          if let outcome = heart.holdUp() ?? carryOut(order) { return outcome }
        }
        if case .finished = turn { break }
      } while true
    }
    return Outcome(status: 0, message: "done")
  }

  /// One port an instrument, in the bench's order, as the assembly has them.
  private func takeSample() -> Sample {
    assembly.isSinking = setPoint < .zero || assembly.isSinking && drive.state == .settling
    return assembly.sample(
      scan: scan, time: now, unixTime: bench.unixStart + now.value, from: ports)
  }

  private func judge(_ sample: Sample) -> Outcome? {
    guard case .trip(let trip) = bench.envelope.verdict(on: sample) else { return nil }
    tellDriving()
    let line =
      "\(trip.what): \(trip.value) \(trip.unit), allowed \(trip.limit) \(trip.unit) "
      + "(\(trip.origin.rawValue) limit, \(trip.requirement)) at \(trip.time.value) s"
    event(.trip, "trip", line)
    return Outcome(status: 1, message: "trip: \(line); outputs off", trip: trip)
  }

  func record(_ record: Record) { _ = supervision.sink(record) }

  func event(_ severity: Event.Severity, _ id: String, _ message: String) {
    record(
      .event(
        Event(
          time: now, unixTime: bench.unixStart + now.value, severity: severity, id: id,
          message: message)))
  }
}
