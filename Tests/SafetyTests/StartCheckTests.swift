import Quantities
import Safety
import Testing

@Suite("SAF-014 weld test, SAF-016 pulse check, before the first current")
struct StartCheckTests {
  /// Contactor, load, supply and cell, that obey the transition machine one scan later.
  private struct Bench {
    var machine = DriveMachine()
    var check: StartCheck
    var isWelded = false
    var neverCloses = false
    var isReversed = false
    var carries = true
    var loadNeverOn = false
    var loadNeverOff = false
    var cell = 3.7
    var loadReads: Double?
    var sourceOn = false
    var loadOn = false
    var time = 0.0
    var contactorIsRead = true
    /// Every action that was asked for.
    var actions: [DriveAction] = []
    var closedWhileFlowing = false

    static let zero = Amperes(0.02)

    init(endsAfterWeld: Bool = false, _ change: (inout Bench) -> Void = { _ in }) {
      check = StartCheck(
        rules: .init(current: Amperes(0.1), emptyBelow: Volts(2.55)), endsAfterWeld: endsAfterWeld)
      machine.armed()
      change(&self)
    }

    var isClosed: Bool { isWelded || (machine.holdsContactor && !neverCloses) }

    var current: Double {
      guard isClosed, carries else { return 0 }
      let flow = (sourceOn ? 0.1 : 0) - (loadOn ? 0.1 : 0)
      return isReversed ? -flow : flow
    }

    func sample() -> Sample {
      var sample = Scenes.sample(
        voltage: cell, current: current, sourceOn: sourceOn, loadOn: loadOn, at: time)
      sample.contactorIsRead = contactorIsRead
      sample.contactorClosed = Reading(isClosed && !isWelded, at: sample.time)
      sample.load.voltage = Reading(Volts(loadReads ?? cell), at: sample.time)
      sample.source.voltage = Reading(Volts(loadReads ?? cell), at: sample.time)
      return sample
    }

    /// Nil when done; the trip when failed.
    mutating func run() -> Trip? {
      for _ in 0..<200 {
        let sample = sample()
        let held = machine.holdsContactor
        switch check.next(sample, zero: Self.zero) {
        case .done: return nil
        case .failed(let trip): return trip
        case .request(let request):
          let action = machine.next(request, on: sample, zeroCurrent: Self.zero)
          actions.append(action)
          obey(action)
          if held != machine.holdsContactor, sourceOn || loadOn || current != 0 {
            closedWhileFlowing = true
          }
        }
        time += 1
      }
      return Trip(
        what: "never ends", value: 0, limit: 0, unit: "", origin: .bench, time: .zero,
        requirement: "")
    }

    mutating func obey(_ action: DriveAction) {
      switch action {
      case .startSource: sourceOn = true
      case .stopSource: sourceOn = false
      case .startLoad: loadOn = !loadNeverOn
      case .stopLoad: loadOn = loadNeverOff ? loadOn : false
      case .none, .setSource, .setLoad: break
      }
    }
  }

  @Test(
    "a sound bench passes, contactor closed and all off; the load drew, the supply never started")
  func sound() {
    var bench = Bench()
    #expect(bench.run() == nil)
    #expect(bench.machine.holdsContactor && !bench.loadOn && !bench.sourceOn)
    #expect(bench.actions.filter { if case .startLoad = $0 { true } else { false } }.count == 2)
    #expect(!bench.actions.contains { if case .startSource = $0 { true } else { false } })
    #expect(!bench.closedWhileFlowing)
  }

  @Test("an empty cell is pulsed by the supply, with the contactor closed")
  func empty() {
    var bench = Bench { $0.cell = 2.3 }
    #expect(bench.run() == nil)
    #expect(bench.actions.filter { if case .startSource = $0 { true } else { false } }.count == 1)
    #expect(bench.actions.filter { if case .startLoad = $0 { true } else { false } }.count == 1)
  }

  @Test("after the last current the weld test alone, and the contactor stays open")
  func afterOpening() {
    var bench = Bench(endsAfterWeld: true)
    #expect(bench.run() == nil)
    #expect(!bench.machine.holdsContactor && !bench.loadOn)
  }

  @Test("a welded contactor is found before it is ever closed")
  func welded() {
    var bench = Bench { $0.isWelded = true }
    let trip = bench.run()
    #expect(trip?.requirement == "SAF-014" && trip?.what.contains("welded") == true)
    #expect(!bench.machine.holdsContactor)
  }

  @Test("a contactor that does not close, or whose closing cannot be read")
  func closing() {
    var bench = Bench { $0.neverCloses = true }
    #expect(bench.run()?.what == "contactor does not close")
    var blind = Bench { $0.contactorIsRead = false }
    #expect(blind.run() == nil)
    var open = Bench {
      $0.contactorIsRead = false
      $0.neverCloses = true
    }
    #expect(open.run()?.requirement == "SAF-016")
  }

  @Test("a shunt the wrong way round, and a circuit that carries nothing")
  func shunt() {
    for cell in [3.7, 2.3] {
      var reversed = Bench {
        $0.isReversed = true
        $0.cell = cell
      }
      #expect(reversed.run()?.what == "shunt reads the wrong way round")
      var broken = Bench {
        $0.carries = false
        $0.cell = cell
      }
      #expect(broken.run()?.what.contains("fuse") == true)
    }
  }

  @Test("meter and terminals 0.1 V apart with current flowing: an open sense lead")
  func sense() {
    var near = Bench { $0.loadReads = 3.6001 }
    #expect(near.run() == nil)
    var far = Bench { $0.loadReads = 3.5999 }
    #expect(far.run()?.requirement == "SAF-016")
  }

  @Test("a load that does not obey ends the check in its time")
  func disobedient() {
    var never = Bench { $0.loadNeverOn = true }
    #expect(never.run()?.what == "load does not switch on for the weld test")
    #expect(never.time == 21)
    var always = Bench { $0.loadNeverOff = true }
    #expect(always.run()?.what == "test current does not end")
  }
}
