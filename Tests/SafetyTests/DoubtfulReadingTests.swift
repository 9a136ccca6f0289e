import Quantities
import Safety
import Testing

@Suite("SAF-005 a reading that is not good says nothing, though it carries a value")
struct DoubtfulReadingTests {
  /// Ten seconds in which one instrument would disagree, were its reading not in doubt.
  private func play(
    setPoint: Double, _ change: @escaping (inout Sample) -> Void
  ) throws -> Trip? {
    try BinaryFilm.play(setPoint: setPoint, change)
  }

  @Test("SAF-016 a device's state, its voltage and the cell's are compared only when all are good")
  func voltages() throws {
    for sign in [-1.0, 1] {
      for doubt in 0..<4 {
        let trip = try play(setPoint: sign) {
          $0.source.voltage = Reading(Volts(4.5), at: $0.time)
          $0.load.voltage = Reading(Volts(2.5), at: $0.time)
          switch doubt {
          case 0:
            $0.source.isOn.quality = .implausible
            $0.load.isOn.quality = .implausible
          case 1:
            $0.source.voltage.quality = .implausible
            $0.load.voltage.quality = .implausible
          case 2: if $0.time > .zero { $0.cellVoltage.quality = .implausible }
          default: break
          }
        }
        #expect((trip != nil) == (doubt == 3))
      }
    }
  }

  @Test("supply, load and shunt are compared only when all are good")
  func currents() throws {
    for doubt in 0..<3 {
      let trip = try play(setPoint: 0) {
        $0.source.current = Reading(Amperes(1), at: $0.time)
        if doubt == 0 { $0.source.current.quality = .implausible }
        if doubt == 1 { $0.load.current.quality = .implausible }
      }
      #expect((trip != nil) == (doubt == 2))
    }
    let load = try play(setPoint: 0) {
      $0.load.current = Reading(Amperes(1), at: $0.time, quality: .implausible)
    }
    #expect(load == nil)
    let shunt = try play(setPoint: 0) {
      $0.current = Reading(Amperes(1), at: $0.time, quality: .implausible)
    }
    #expect(shunt == nil)
  }

  @Test("what repeats itself is frozen only where it is good")
  func frozen() throws {
    var rules = PlausibilityRules()
    rules.voltageMoves = true
    rules.currentMoves = true
    rules.temperatureMoves = true
    var film = try Film(plausibility: rules)
    let trip = film.play(for: 100) {
      var sample = $0.sample(temperatures: [25])
      sample.cellVoltage.quality = .implausible
      sample.current.quality = .implausible
      sample.surface[0].quality = .implausible
      return sample
    }
    #expect(trip == nil)
  }

  @Test("SAF-012 a thermometer in doubt has no slope, and is not compared")
  func temperatures() throws {
    for quality in [Quality.good, .missing] {
      var film = try Film()
      let trip = film.play(for: 100) {
        var sample = $0.sample(temperatures: [25, 25 + 0.05 * $0.time], air: nil)
        sample.surface[1].quality = quality
        return sample
      }
      #expect((trip != nil) == (quality == .good))
    }
    let apart = try play(setPoint: 0) {
      $0.surface[1] = Reading(Celsius(40), at: $0.time, quality: .missing)
    }
    #expect(apart == nil)
  }

  @Test("SAF-007 neither side starts while one side's off is in doubt")
  func sides() {
    for isSource in [true, false] {
      var machine = DriveMachine()
      machine.armed()
      var sample = Scenes.sample()
      if isSource {
        sample.source.isOn.quality = .missing
      } else {
        sample.load.isOn.quality = .missing
      }
      let request = DriveRequest(current: Amperes(-1), contactor: false)
      #expect(machine.next(request, on: sample, zeroCurrent: Amperes(0.02)) == .none)
      #expect(machine.state == .settling)
    }
  }
}
