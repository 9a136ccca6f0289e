import Quantities
import Safety
import Testing

@Suite("SAF-004 charge and time, to the ampere second")
struct BudgetTests {
  private func layer(_ kind: LimitKind, _ limit: Double) -> LimitLayer {
    LimitLayer(
      origin: .campaign, source: "c", bands: [kind: Scenes.band(-limit, limit, margin: 0)])
  }

  /// Charge is counted from the film's samples by the trapezoidal rule, A s.
  private func trapezoids(_ currents: [Double], period: Double) -> Double {
    zip(currents, currents.dropFirst()).reduce(0) { $0 + (abs($1.0) + abs($1.1)) / 2 * period }
  }

  @Test("charge of the run is what the trapezoidal rule says, whatever its direction")
  func total() throws {
    var film = try Film(layer(.totalCharge, 12.0 / 3600))
    film.period = 0.5
    film.time = 1000
    let currents = [4.0, 2, -1, -3, 0, 5, 5, 5, 5, 5, 5]
    var trip: Trip?
    var seen: [Double] = []
    for current in currents where trip == nil {
      film.setPoint = current
      seen.append(current)
      trip = film.judge(film.sample())
    }
    let charge = trapezoids(seen, period: 0.5)
    #expect(charge > 12 && trapezoids(seen.dropLast(), period: 0.5) <= 12)
    #expect(abs((trip?.value ?? 0) * 3600 - charge) < 1e-9)
    #expect(trip?.what == "total charge above trip limit" && trip?.unit == "Ah")
    #expect(trip?.origin == .campaign && trip?.limit == 12.0 / 3600)
  }

  @Test("charge of a step begins with its first sample at zero")
  func step() throws {
    var film = try Film(layer(.stepCharge, 10.0 / 3600))
    film.setPoint = 4
    for _ in 0..<3 { #expect(film.judge(film.sample()) == nil) }
    film.step = 2
    // 0, 4 and 8 A s of the second step.
    for _ in 0..<3 { #expect(film.judge(film.sample()) == nil) }
    let trip = film.judge(film.sample())
    #expect(abs((trip?.value ?? 0) * 3600 - 12) < 1e-9)
    #expect(trip?.what == "step charge above trip limit")
  }

  @Test("time of a step begins with its first sample, time of the run with the first of all")
  func time() throws {
    var film = try Film(layer(.stepTime, 4))
    film.time = 1000
    film.period = 0.5
    #expect(film.quiet(for: 4) == nil)
    film.step = 2
    #expect(film.quiet(for: 4.5) == nil)
    let trip = film.judge(film.sample())
    #expect(trip?.value == 4.5 && trip?.time == Seconds(1008.5) && trip?.unit == "s")
    film = try Film(layer(.totalTime, 4))
    film.time = 1000
    film.period = 0.5
    let run = film.play(for: 10) {
      $0.step += 1
      return $0.sample()
    }
    #expect(run?.value == 4.5 && run?.time == Seconds(1004.5))
  }

  @Test("a delay runs on while the value cannot be told, and counts anew once it was back")
  func untold() throws {
    var film = try Film(
      LimitLayer(
        origin: .cell, source: "c", bands: [.currentRate: Scenes.band(-0.25, 0.25, margin: 0)],
        delays: [.currentRate: Seconds(3)]))
    for tick in 0..<3 {
      film.setPoint = 0.5 * Double(tick)
      #expect(film.judge(film.sample()) == nil)
    }
    // A reading that did not come anew has no rate.
    var missing = film.sample()
    missing.current = Reading(Amperes(1), at: Seconds(2), quality: .missing)
    #expect(film.judge(missing) == nil)
    // Past since 1 s, so the delay ends at 4 s.
    film.setPoint = 2.5
    let trip = film.judge(film.sample())
    #expect(trip?.what == "current rate above trip limit" && trip?.time == Seconds(4))
    #expect(trip?.value == 0.75 && trip?.limit == 0.25 && trip?.origin == .cell)
    // Back for one sample: anew from there.
    for tick in 5..<9 {
      film.setPoint = tick == 5 ? 2.5 : 2.5 + 0.75 * Double(tick - 5)
      #expect(film.judge(film.sample()) == nil)
    }
    film.setPoint += 0.75
    #expect(film.judge(film.sample())?.time == Seconds(9))
  }
}
