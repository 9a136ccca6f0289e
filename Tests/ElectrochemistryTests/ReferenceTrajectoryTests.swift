import Electrochemistry
import Testing

/// The model against an independent code's SPMe, for t >= 1 s and t <= 0.99 of the run.
///
/// The trajectories' own error is about 0.05 mV.
struct ReferenceTrajectoryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let thermal: SPMe.Thermal
    /// mV.
    let rms: Double
    let largest: Double
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "SPMe_dis_2C_iso25", thermal: .isothermal, rms: 0.1, largest: 0.3),
    Case(name: "SPMe_dis_2C_lumped_25C", thermal: .lumped, rms: 0.1, largest: 0.3),
    Case(name: "SPMe_cccv_1C_iso25", thermal: .isothermal, rms: 0.1, largest: 0.3),
  ]

  @Test("standard mesh, steps of 1 s and less", arguments: cases)
  func trajectory(of reference: Case) throws {
    let table = try Fixtures.columns("fixtures/reference/Chen2020/\(reference.name).csv")
    func column(_ name: String) -> [Double] { table[name] ?? [] }
    let time = column("test_time_second")
    let current = column("current_ampere")
    let voltage = column("voltage_volt")
    let model = SPMe(try Fixtures.chen2020(), mesh: .standard, thermal: reference.thermal)
    let workspace = model.makeWorkspace()
    var x = model.rest(
      negativeStoichiometry: column("negative_surface_stoichiometry")[0],
      positiveStoichiometry: column("positive_surface_stoichiometry")[0], temperature: 298.15)
    let end = 0.99 * (time.last ?? 0)
    var (squares, count) = (0.0, 0.0)
    for k in 1..<time.count where time[k] <= end {
      // Equal times: the current jumps between the two rows.
      if time[k] > time[k - 1] {
        try x.withUnsafeMutableBufferPointer { x throws(ModelError) in
          try model.step(
            x, currentFrom: current[k - 1], to: current[k], ambient: 298.15,
            duration: time[k] - time[k - 1], workspace: workspace)
        }
      }
      if time[k] < 1 { continue }
      let y = try model.outputs(x, current: current[k], ambient: 298.15)
      let error = 1000 * (y.voltage - voltage[k])
      squares += error * error
      count += 1
      let at = "at \(time[k]) s"
      #expect(abs(error) < reference.largest, "voltage \(at)")
      func near(_ value: Double, _ name: String, _ tolerance: Double) {
        #expect(abs(value - column(name)[k]) < tolerance, "\(name) \(at)")
      }
      near(y.negativePotentialAtSeparator, "negative_potential_at_separator_volt", 2e-4)
      near(y.negativeSurfaceStoichiometry, "negative_surface_stoichiometry", 1e-4)
      near(y.positiveSurfaceStoichiometry, "positive_surface_stoichiometry", 1e-4)
      near(y.openCircuitVoltage, "open_circuit_voltage_volt", 5e-5)
      near(y.temperature - 273.15, "temperature_celsius", 0.03)
      near(y.heatOhmic, "heat_ohmic_watt", 0.003)
      near(y.heatIrreversible, "heat_irreversible_watt", 0.003)
      near(y.electrolyteNegativeEnd, "electrolyte_concentration_negative_end_mol_m3", 4)
      near(y.electrolytePositiveEnd, "electrolyte_concentration_positive_end_mol_m3", 2)
    }
    #expect(count > 300)
    #expect((squares / count).squareRoot() < reference.rms)
  }
}
