import Electrochemistry
import Foundation
import Profiles
import Testing

/// SPM and SPMe against an independent code's trajectories, at the default tolerance and the
/// standard mesh, for 1 s <= t <= 0.99 of the run and from 1 s after each switch.
///
/// The trajectories' own error is about 0.05 mV; heats are compared where they are not zero.
struct SolverTrajectoryTests {
  static let cases: [ReferenceCase] = [
    ReferenceCase("Chen2020", "chen2020", "SPM_dis_1C_iso25"),
    ReferenceCase("Chen2020", "chen2020", "SPM_dis_C2_iso25"),
    ReferenceCase("Chen2020", "chen2020", "SPMe_cccv_1C_iso25"),
    ReferenceCase("Chen2020", "chen2020", "SPMe_dis_2C_iso25"),
    ReferenceCase("Chen2020", "chen2020", "SPMe_dis_2C_lumped_25C", rms: 0.2, largest: 0.5),
    ReferenceCase("Chen2020", "chen2020", "SPMe_gitt_C2_iso25"),
    ReferenceCase("Ecker2015", "ecker2015", "SPMe_dis_1C_iso25", rms: 0.2, largest: 0.5),
    ReferenceCase("Marquis2019", "marquis2019", "SPM_dis_1C_iso25"),
    ReferenceCase("Marquis2019", "marquis2019", "SPMe_dis_1C_iso25"),
    ReferenceCase("Marquis2019", "marquis2019", "SPMe_drive_seed13", rms: 0.5, largest: 0.5),
    ReferenceCase("NCA_Kim2011", "nca-kim2011", "SPM_dis_1C_iso25"),
    ReferenceCase("OKane2022", "okane2022", "SPM_dis_1C_iso25"),
    ReferenceCase("OKane2022", "okane2022", "SPMe_dis_1C_iso25"),
    ReferenceCase("Prada2013", "prada2013", "SPM_dis_1C_iso25", rms: 0.2, largest: 0.5),
    ReferenceCase("Prada2013", "prada2013", "SPMe_dis_1C_iso25", rms: 0.2, largest: 0.5),
  ]

  @Test("within the gates", arguments: cases)
  func trajectory(of reference: ReferenceCase) throws {
    let run = try reference.run()
    let table = try reference.table()
    func column(_ name: String) -> [Double]? { table[name] }
    let time = table["test_time_second"] ?? []
    let voltage = table["voltage_volt"] ?? []
    let end = 0.99 * run.end
    var (squares, count) = (0.0, 0.0)
    var k = 0
    var worst: [String: Double] = [:]
    func scale(_ name: String) -> Double { (table[name] ?? []).map(abs).max() ?? 0 }
    for i in time.indices where time[i] >= 1 && time[i] <= end {
      if run.switches.contains(where: { time[i] > $0 - 0.5 && time[i] < $0 + 1 }) { continue }
      while k + 1 < run.rows.count, run.rows[k].time < time[i] - 1e-6 { k += 1 }
      let row = run.rows[k]
      #expect(abs(row.time - time[i]) < 1e-6, "a row at \(time[i]) s")
      let y = row.outputs
      let error = 1000 * abs(y.voltage - voltage[i])
      squares += error * error
      count += 1
      func note(_ name: String, _ value: Double, per scale: Double = 1) {
        guard let reference = column(name)?[i] else { return }
        worst[name] = max(worst[name] ?? 0, abs(value - reference) / scale)
      }
      worst["voltage"] = max(worst["voltage"] ?? 0, error)
      note("negative_surface_stoichiometry", y.negativeSurfaceStoichiometry)
      note("positive_surface_stoichiometry", y.positiveSurfaceStoichiometry)
      note("negative_potential_at_separator_volt", y.negativePotentialAtSeparator)
      note("temperature_celsius", y.temperature - 273.15)
      note("net_capacity_ah", row.netCapacity)
      for (name, value) in [
        ("electrolyte_concentration_negative_end_mol_m3", y.electrolyteNegativeEnd),
        ("electrolyte_concentration_positive_end_mol_m3", y.electrolytePositiveEnd),
        ("heat_ohmic_watt", y.heatOhmic), ("heat_irreversible_watt", y.heatIrreversible),
        ("heat_reversible_watt", y.heatReversible),
      ] where scale(name) > 1e-6 { note(name, value, per: scale(name)) }
    }
    #expect(count > 300)
    #expect((squares / count).squareRoot() < reference.rms)
    let bounds = [
      "voltage": reference.largest, "negative_surface_stoichiometry": 5e-4,
      "positive_surface_stoichiometry": 5e-4, "negative_potential_at_separator_volt": 5e-4,
      "temperature_celsius": 0.05, "net_capacity_ah": 1e-4,
      "electrolyte_concentration_negative_end_mol_m3": 0.002,
      "electrolyte_concentration_positive_end_mol_m3": 0.002, "heat_ohmic_watt": 0.01,
      "heat_irreversible_watt": 0.01, "heat_reversible_watt": 0.01,
    ]
    for (name, value) in worst { #expect(value < bounds[name] ?? 0, "\(name)") }
    // Where a discharge ends, the voltage falls by millivolts a second; where a hold ends, the
    // current by 0.4 mA a second, and 0.2 s are left with 60 shells and a tolerance of 1e-8.
    #expect(abs(run.solvedEnd - run.end) < (reference.name.contains("cccv") ? 0.5 : 0.05))
  }
}
