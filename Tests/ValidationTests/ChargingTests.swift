import Electrochemistry
import Profiles
import Testing
import Validation

@Suite("Charges of a cell whose truth is known")
struct ChargingTests {
  private static func plant(stateOfCharge: Double) throws -> StudyPlant {
    let cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020"))
    var plant = try StudyPlant(
      cell, kind: .mismatched, seed: 105, stateOfCharge: stateOfCharge...stateOfCharge)
    plant.ambient = 283.15
    return plant
  }

  private static func limits(
    _ potential: Double, to stateOfCharge: Double, current: Double = 6, voltage: Double = 4.2
  ) -> TrueChargeLimits {
    TrueChargeLimits(
      current: current, voltage: voltage, temperature: 318.15, potential: potential,
      stateOfCharge: stateOfCharge)
  }

  @Test("A copied plant goes on as the other would, and alone")
  func copies() throws {
    var plant = try Self.plant(stateOfCharge: 0.5)
    for current in [-2.0, -2, 3, 3.1] { _ = try plant.sample(current) }
    var (copy, wild) = (plant.copied(), plant.copied())
    for _ in 0..<10 { _ = try wild.sample(6) }
    for current in [3.1, 0, 5, 5, -1] {
      let (one, other) = (try plant.sample(current), try copy.sample(current))
      #expect(one.truth == other.truth && one.voltage == other.voltage)
      #expect(one.time == other.time && one.surface == other.surface)
    }
  }

  @Test("Riding the truth keeps potential and back-off at every second, and leaves nothing")
  func ride() throws {
    let cell = try #require(try Self.plant(stateOfCharge: 0.6).trueCell())
    for (potential, backOff) in [(0.01, 0.0), (0.02, 0.005)] {
      let charge = try cell.ride(Self.limits(potential, to: 0.63)) { _ in backOff }
      #expect(charge.duration != nil)
      let over = charge.lowestPotential - potential - backOff
      // 1 mA is found to about 10 uV.
      #expect(over >= 0 && over < 5e-5, "\(over)")
    }
  }

  @Test("A charge that no current may make ends unreached")
  func infeasible() throws {
    let cell = try #require(try Self.plant(stateOfCharge: 0.6).trueCell())
    let charge = try cell.ride(Self.limits(0.5, to: 0.63), within: 20)
    #expect(charge.duration == nil)
    #expect(abs(charge.lowestPotential - 0.1) < 0.05)
  }

  @Test("CC-CV in the solver's steps is that which is ridden second by second")
  func constantVoltage() throws {
    let cell = try #require(try Self.plant(stateOfCharge: 0.5).trueCell())
    let limits = Self.limits(-.infinity, to: 0.6, current: 4, voltage: 4.0)
    let ridden = try cell.ride(limits)
    let outcome = cell.constantVoltage(4, 4.0, limits, within: 1e5)
    guard case .reached(let duration) = outcome, let other = ridden.duration else {
      Issue.record("\(outcome), \(ridden)")
      return
    }
    #expect(abs(duration / other - 1) < 2e-3, "\(duration), \(other)")
    #expect(ridden.highestVoltage <= 4.0 && ridden.highestVoltage > 3.9999)
    // It takes longer than the current alone: the voltage did bind.
    let free = try cell.ride(Self.limits(-.infinity, to: 0.6, current: 4))
    #expect(duration > 1.02 * (free.duration ?? .infinity))
  }

  @Test("The fastest CC-CV of a cell holds the margin, and one with a little more current does not")
  func fastest() throws {
    let cell = try #require(try Self.plant(stateOfCharge: 0.5).trueCell())
    let limits = Self.limits(0.02, to: 0.6)
    let found = try #require(cell.fastestCCCV(limits, fixed: true))
    func lowest(_ current: Double) throws -> Double {
      var own = limits
      (own.current, own.potential) = (current, -.infinity)
      return try cell.ride(own).lowestPotential
    }
    #expect(try lowest(found.current) > limits.potential - 5e-5)
    #expect(try lowest(found.current + 0.03) < limits.potential)
    let best = try #require(cell.fastestCCCV(limits, fixed: false))
    #expect(best.duration <= found.duration)
  }
}
