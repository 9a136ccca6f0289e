import Prescription
import Quantities
import Testing

/// Row action against problems that are solved by hand, and the optimality conditions.
@Suite("A small quadratic problem")
struct RowActionQPTests {
  @Test("without rows it is the gradient's step, with a box its nearest corner")
  func box() {
    var problem = RowActionQP(gradient: [-2, 1], curvatures: [2, 2])
    #expect(problem.solve() == [1, -0.5])
    problem.require([-1, 0], atLeast: -0.25)
    problem.require([0, 1], atLeast: 0.5)
    let d = problem.solve()
    #expect(abs(d[0] - 0.25) < 1e-9 && abs(d[1] - 0.5) < 1e-9)
  }

  @Test("one active row: the projection on it")
  func row() {
    // The nearest point to (1, 1) with d0 + d1 <= 1.
    var problem = RowActionQP(gradient: [-1, -1], curvatures: [1, 1])
    problem.require([-1, -1], atLeast: -1)
    let d = problem.solve()
    #expect(abs(d[0] - 0.5) < 1e-9 && abs(d[1] - 0.5) < 1e-9)
    // The second four times as stiff: multiplier 0.8 (1 - 0.8, then 0.25 of it).
    problem = RowActionQP(gradient: [-1, -1], curvatures: [1, 4])
    problem.require([-1, -1], atLeast: -1)
    let stiff = problem.solve()
    #expect(abs(stiff[0] - 0.8) < 1e-9 && abs(stiff[1] - 0.2) < 1e-9)
  }
}

/// A cell whose answers are known: its charge is the current's integral, its potential falls by a constant per
/// ampere, its temperature rises with the current of each interval.
private struct LinearCell {
  var durations: [Double]
  /// V per A.
  var slope = 10e-3
  /// K per A and interval, lasting.
  var heating = 0.0

  func play(_ currents: [Double]) -> HorizonForecast {
    let n = currents.count
    var (temperature, charge) = (25.0, 0.5)
    var instants: [ChargeForecast] = []
    var temperatures = Array(repeating: 0.0, count: n * n)
    var potentials = Array(repeating: 0.0, count: n * n)
    var voltages = Array(repeating: 0.0, count: n * n)
    for i in 0..<n {
      temperature += heating * currents[i]
      charge += currents[i] * durations[i] / 18_000
      instants.append(
        ChargeForecast(
          voltage: 3.8 + 0.05 * currents[i], voltageSD: 0, temperature: temperature,
          temperatureSD: 0, negativePotential: 0.06 - slope * currents[i],
          negativePotentialSD: 1e-3))
      (potentials[i * n + i], voltages[i * n + i]) = (-slope, 0.05)
      for j in 0...i { temperatures[i * n + j] = heating }
    }
    return HorizonForecast(
      instants: instants, stateOfCharge: charge, temperature: temperature,
      voltageSlopes: voltages, temperatureSlopes: temperatures, potentialSlopes: potentials,
      chargeSlopes: durations.map { $0 / 18_000 },
      finalTemperatureSlopes: Array(repeating: heating, count: n))
  }
}

@Suite("Receding-horizon charge")
struct PredictiveChargeTests {
  private let limits = ChargeLimits(
    current: Amperes(6), voltage: Volts(4.2), temperature: Celsius(45),
    platingMargin: Volts(0.01), targetStateOfCharge: StateOfCharge(0.8))
  private let value = CostToGo(total: 2400, perCharge: 4000, perKelvin: 0)

  private func plan(
    _ policy: PredictiveCharge, _ cell: (inout LinearCell) -> Void = { _ in },
    _ limits: ChargeLimits? = nil, from first: Double = 1
  ) -> [Double] {
    let durations = policy.durations(period: 1)
    var linear = LinearCell(durations: durations)
    cell(&linear)
    let plan = policy.plan(
      from: Array(repeating: first, count: 8), limits: limits ?? self.limits, ceiling: 6,
      durations: durations, value: value, play: linear.play)
    return plan?.currents ?? []
  }

  @Test("intervals grow from the control period to the horizon")
  func intervals() {
    let durations = PredictiveCharge(horizon: 300).durations(period: 1)
    #expect(durations.count == 8 && durations[0] == 1)
    #expect(abs(durations.reduce(0, +) - 300) < 1e-9)
    for (a, b) in zip(durations.dropFirst(), durations.dropFirst(2)) { #expect(a < b) }
  }

  @Test("when only time counts it rides: 60 - 10 I - 2 = 10 mV in every interval")
  func time() {
    let currents = plan(PredictiveCharge(iterations: 6))
    #expect(currents.count == 8)
    for current in currents { #expect(abs(current - 4.8) < 0.02, "\(current)") }
  }

  @Test("a limit on temperature is shared out over the horizon, and kept")
  func temperature() {
    var cool = limits
    cool.temperature = Celsius(35)
    let currents = plan(PredictiveCharge(iterations: 10), { $0.heating = 0.5 }, cool)
    let rise = 0.5 * currents.reduce(0, +)
    #expect(rise <= 10 + 0.05, "\(rise)")
    #expect(rise > 9.5)
    // Charge is gained by duration, heat by interval: the long intervals are worth their heat.
    #expect(currents[7] > currents[0])
  }

  @Test("nearness to plating that is worth more than the time it saves is left")
  func plating() {
    // dJ/dI of an interval: -4000 / 18000 + w (slope / scale) exp(-phi / scale), zero at phi = 0.65 scale.
    let scale = ChargeCost.platingScale
    let weight = 4000.0 / 18_000 * scale / 10e-3 * 1.9155  // exp(0.65) = 1.9155
    let policy = PredictiveCharge(cost: ChargeCost(plating: weight), iterations: 30)
    let currents = plan(policy, from: 4)
    let expected = (0.06 - 0.65 * scale) / 10e-3
    for current in currents { #expect(abs(current - expected) < 0.1, "\(current), \(expected)") }
  }

  @Test("no answer of the model, no plan; no current beyond the ceiling or below zero")
  func admissible() {
    let durations = PredictiveCharge().durations(period: 1)
    let none = PredictiveCharge().plan(
      from: Array(repeating: 3, count: 8), limits: limits, ceiling: 6, durations: durations,
      value: value
    ) { _ in nil }
    #expect(none == nil)
    let free = plan(PredictiveCharge(iterations: 6), { $0.slope = 0 })
    #expect(free.allSatisfy { $0 <= 6 && $0 > 5.9 })
    var closed = limits
    closed.platingMargin = Volts(0.1)
    #expect(plan(PredictiveCharge(iterations: 8), { _ in }, closed).allSatisfy { $0 >= 0 })
  }
}
