import Electrochemistry
import Simulation
import Testing

/// When rows are written.
@Suite("Rows")
struct RowTests {
  @Test("at 0 under the first current, every period from the start of the run, twice at a change")
  func period() throws {
    let outcome = try simulate(
      ["Discharge at 1C for 25 s", "Rest for 10 s", "Charge at 5 A for 15 s"],
      setting(stateOfCharge: 0.5))
    #expect(outcome.times == [0, 10, 20, 25, 25, 30, 35, 35, 40, 50])
    #expect(outcome.stepCounts == [1, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    #expect(outcome.rows.map(\.cell.current) == [-5, -5, -5, -5, 0, 0, 0, 5, 5, 5])
    #expect(outcome.rows.map(\.index) == Array(1...10))
    #expect(outcome.summary?.rows == 10)
  }

  @Test("a period in a step string is that step's, counted from its start")
  func ownPeriod() throws {
    let outcome = try simulate(
      ["Rest for 12 s", "Rest for 3 s (1 second period)", "Rest for 10 s"],
      setting(stateOfCharge: 0.5))
    #expect(outcome.times == [0, 10, 12, 12, 13, 14, 15, 15, 20, 25])
  }

  @Test("a due row that falls on a step's end is that row; tenths do not add up to another")
  func grid() throws {
    let outcome = try simulate(
      Array(repeating: "Rest for 0.1 s", count: 30), setting(stateOfCharge: 0.5, period: 0.1))
    #expect(outcome.rows.count == 60)
    let rare = try simulate(["Rest for 5 s"], setting(stateOfCharge: 0.5, period: 60))
    #expect(rare.times == [0, 5])
  }

  @Test("an event falls between due rows, and the grid goes on after it")
  func event() throws {
    let outcome = try simulate(
      ["Discharge at 1C until 3.9 V", "Rest for 1 minute"], setting(stateOfCharge: 1))
    let event = (0.3 - 5 * LinearCell.resistance) / (5 * LinearCell.slope)
    #expect(abs(event - 150) < 1e-9)
    let off = try simulate(
      ["Discharge at 5.1 A until 3.9 V", "Rest for 1 minute"], setting(stateOfCharge: 1))
    let times = off.times
    let change = try #require(off.stepCounts.firstIndex(of: 2))
    #expect(times[change] == times[change - 1])
    let next = (times[change] / 10).rounded(.up) * 10
    #expect(times[change + 1] == next)
    #expect(outcome.times.last.map { abs($0 - event - 60) < 1e-3 } == true)
  }

  @Test("a step that is already at its end is skipped: no row, but it keeps its number")
  func skipped() throws {
    let outcome = try simulate(
      ["Charge at 1C until 4.1 V", "Hold at 4.1 V for 20 s", "Discharge at 1C until 4.15 V"],
      setting(stateOfCharge: 0.95))
    #expect(outcome.endings.first == "skipped, already voltage >= 4.1 V")
    #expect(outcome.endings.last == "skipped, already voltage <= 4.15 V")
    #expect(outcome.stepCounts == [2, 2, 2])
    #expect(outcome.summary?.endTime == 20)
  }

  @Test("when every step is skipped the rested cell is the one row")
  func nothing() throws {
    let outcome = try simulate(["Charge at 1C until 3.5 V"], setting(stateOfCharge: 0.95))
    #expect(outcome.times == [0])
    #expect(outcome.rows.first?.cell.current == 0)
  }

  @Test("a profile: a row at each point to the letter, due rows between, no doubles")
  func profile() throws {
    let profile = try CurrentProfile(
      times: [0, 0.1, 7.3, 20, 33], currents: [-5, 2.5, 2.5, 0, 0])
    let cell = LinearCell()
    let outcome = simulate(.current(profile), setting(stateOfCharge: 0.5), on: cell)
    #expect(outcome.times == [0, 0.1, 7.3, 10, 20, 30, 33])
    #expect(outcome.stepCounts == Array(repeating: 1, count: 7))
    #expect(
      cell.applied == [
        .ramp(from: -5, to: 2.5), .current(2.5), .ramp(from: 2.5, to: 0), .current(0),
      ])
    // The trapezoids' area, A s.
    let area = -1.25 * 0.1 + 2.5 * 7.2 + 1.25 * 12.7
    #expect(abs((outcome.rows.last?.cell.netCapacity ?? 0) * 3600 - area) < 1e-9)
    #expect(outcome.rows.map(\.cell.current).prefix(3) == [-5, 2.5, 2.5])
  }

  @Test("the period that would fill the disk is refused before anything is solved")
  func tooMany() throws {
    let outcome = try simulate(["Rest for 24 h"], setting(stateOfCharge: 0.5, period: 1e-3))
    #expect("\(try #require(outcome.error))".contains("a longer period is wanted"))
    #expect(outcome.rows.isEmpty)
  }
}
