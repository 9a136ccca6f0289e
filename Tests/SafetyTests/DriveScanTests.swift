import Quantities
import Safety
import Testing

@Suite("SAF-007 the transition machine, scan by scan")
struct DriveScanTests {
  private static let zero = Amperes(0.125)
  private var machine = DriveMachine()

  private func request(_ current: Double, contactor: Bool = true) -> DriveRequest {
    DriveRequest(current: Amperes(current), contactor: contactor)
  }

  private mutating func next(
    _ request: DriveRequest, measured: Double = 0, sourceOn: Bool = false, loadOn: Bool = false,
    closed: Bool? = true
  ) -> DriveAction {
    var sample = Scenes.sample(current: measured, sourceOn: sourceOn, loadOn: loadOn)
    sample.contactorIsRead = closed != nil
    sample.contactorClosed = Reading(closed ?? false, at: sample.time)
    return machine.next(request, on: sample, zeroCurrent: Self.zero)
  }

  /// Armed, quiet, with the contactor held.
  private mutating func ready() {
    machine = DriveMachine()
    machine.armed()
    #expect(next(request(0)) == .none)
    #expect(machine.state == .idle && machine.holdsContactor)
  }

  @Test("a rest keeps the running side on at zero; the other sign or an off stops it")
  mutating func rest() {
    ready()
    #expect(next(request(2)) == .startSource(Amperes(2)))
    #expect(next(request(0.5), measured: 2, sourceOn: true) == .setSource(Amperes(0.5)))
    #expect(next(request(0), measured: 2, sourceOn: true) == .setSource(.zero))
    #expect(next(request(-0.001), sourceOn: true) == .stopSource)
    #expect(machine.state == .settling)
    ready()
    #expect(next(request(-2)) == .startLoad(Amperes(2)))
    #expect(next(request(-0.5), measured: -2, loadOn: true) == .setLoad(Amperes(0.5)))
    #expect(next(request(0), measured: -2, loadOn: true) == .setLoad(.zero))
    #expect(next(request(0.001), loadOn: true) == .stopLoad)
    #expect(machine.state == .settling)
    for sign in [-1.0, 1] {
      ready()
      _ = next(request(sign))
      let action = next(
        .off(contactor: true), measured: sign, sourceOn: sign > 0, loadOn: sign < 0)
      #expect(action == (sign > 0 ? .stopSource : .stopLoad))
    }
  }

  @Test("a request to open the contactor stops the side that is on first")
  mutating func open() {
    for sign in [-1.0, 1] {
      ready()
      _ = next(request(sign))
      let action = next(
        request(sign, contactor: false), measured: sign, sourceOn: sign > 0, loadOn: sign < 0)
      #expect(action == (sign > 0 ? .stopSource : .stopLoad) && machine.holdsContactor)
      #expect(next(request(0, contactor: false)) == .none && !machine.holdsContactor)
    }
  }

  @Test("with the contactor open the load draws for the weld test, the supply never drives")
  mutating func contactorOpen() {
    machine.armed()
    #expect(next(request(1, contactor: false), closed: false) == .none)
    #expect(machine.state == .idle)
    #expect(next(request(-1, contactor: false), closed: false) == .startLoad(Amperes(1)))
    #expect(
      next(request(-1, contactor: false), loadOn: true, closed: false) == .setLoad(Amperes(1)))
    // The contactor is closed only after the load was stopped.
    #expect(next(request(-1), loadOn: true, closed: false) == .stopLoad)
    #expect(!machine.holdsContactor)
  }

  @Test("a held contactor that can be read must be seen closed before either side starts")
  mutating func seenClosed() {
    for sign in [-1.0, 1] {
      ready()
      #expect(next(request(sign), closed: false) == .none && machine.state == .idle)
      let started: DriveAction = sign > 0 ? .startSource(Amperes(1)) : .startLoad(Amperes(1))
      #expect(next(request(sign), closed: true) == started)
      ready()
      #expect(next(request(sign), closed: nil) == started)
      // That it was closed once says nothing.
      ready()
      var doubt = Scenes.sample()
      doubt.contactorIsRead = true
      doubt.contactorClosed = Reading(true, at: Seconds(99), quality: .missing)
      #expect(machine.next(request(sign), on: doubt, zeroCurrent: Self.zero) == .none)
    }
  }

  @Test("quiet is below the zero current, both ways, with both sides seen off")
  mutating func quiet() {
    for (measured, isQuiet) in [(0.125, false), (-0.125, false), (0.1249, true), (-0.1249, true)] {
      ready()
      #expect(next(request(0), measured: measured) == .none)
      #expect(machine.state == (isQuiet ? .idle : .settling))
    }
    ready()
    #expect(next(request(1), sourceOn: true) == .none && machine.state == .settling)
    ready()
    #expect(next(request(1), loadOn: true) == .none && machine.state == .settling)
    #expect(next(request(0)) == .none && machine.state == .idle)
    #expect(next(request(0)) == .none && machine.state == .idle)
  }

  @Test("what was armed once is not armed anew by a second call; nothing is on before it")
  mutating func arming() {
    machine = DriveMachine()
    #expect(next(request(1)) == .none && machine.state == .unarmed && !machine.holdsContactor)
    ready()
    _ = next(request(1))
    machine.armed()
    #expect(machine.state == .sourcing)
    machine.makeSafe()
    #expect(machine.state == .safe && !machine.holdsContactor)
    #expect(next(request(1)) == .none && machine.state == .safe)
  }
}
