import Electrochemistry
import Foundation

/// How far our rows are from a case's.
struct ReferenceComparison {
  /// mV.
  var voltageRMS = 0.0
  var voltageLargest = 0.0
  /// What else is compared, each over its gate.
  var others: [(name: String, share: Double)] = []
  /// Rows of the reference that count, and those of them that we have.
  var wanted = 0
  var compared = 0

  /// - Parameter rows: ours, by time.
  init(_ reference: ReferenceCase, table: ReferenceTable, rows: [SolverRow]) throws {
    let time = try table.column("test_time_second")
    let end = 0.99 * (time.last ?? 0)
    let switches = (reference.document.profile.stepEnds ?? []).flatMap { $0 }
    let chosen = time.indices.filter { i in
      time[i] >= 1 && time[i] <= end
        && !switches.contains { time[i] >= $0 - 1e-6 && time[i] < $0 + 1 }
    }
    wanted = chosen.count
    var pairs: [(Int, SolverRow)] = []
    var k = 0
    for i in chosen {
      while k < rows.count, rows[k].time < time[i] - 1e-6 { k += 1 }
      guard k < rows.count, rows[k].time <= time[i] + 1e-6 else { continue }
      pairs.append((i, rows[k]))
    }
    compared = pairs.count
    let voltage = try table.column("voltage_volt")
    let differences = pairs.map { 1000 * ($0.1.outputs.voltage - voltage[$0.0]) }
    // NaN must not pass: max() may drop it, a sum keeps it.
    voltageRMS =
      (differences.reduce(0) { $0 + $1 * $1 } / Double(max(compared, 1))).squareRoot()
    voltageLargest = differences.reduce(0) { max($0, $1.magnitude) }
    compareOthers(table, pairs, reference.gates)
  }

  private mutating func compareOthers(
    _ table: ReferenceTable, _ pairs: [(Int, SolverRow)], _ gates: ReferenceGates
  ) {
    func compare(_ column: String, _ name: String, gate: Double, _ ours: (SolverRow) -> Double) {
      guard let values = table.columns[column], gate > 0 else { return }
      let worst = pairs.reduce(0.0) { worst, pair in
        let difference = (ours(pair.1) - values[pair.0]).magnitude
        return difference > worst || difference.isNaN ? difference : worst
      }
      others.append((name, worst / gate))
    }
    func largest(_ names: [String]) -> Double {
      let columns = names.compactMap { table.columns[$0] }
      guard let count = columns.first?.count else { return 0 }
      return (0..<count).reduce(0) { top, i in
        max(top, columns.reduce(0) { $0 + $1[i] }.magnitude)
      }
    }
    compare("negative_surface_stoichiometry", "x_n", gate: gates.stoichiometry) {
      $0.outputs.negativeSurfaceStoichiometry
    }
    compare("positive_surface_stoichiometry", "x_p", gate: gates.stoichiometry) {
      $0.outputs.positiveSurfaceStoichiometry
    }
    compare("negative_potential_at_separator_volt", "phi_sep", gate: gates.separatorPotential) {
      $0.outputs.negativePotentialAtSeparator
    }
    compare("temperature_celsius", "T", gate: gates.temperature) {
      $0.outputs.temperature - 273.15
    }
    for (column, name, ours) in [
      ("electrolyte_concentration_negative_end_mol_m3", "c_n", \CellOutputs.electrolyteNegativeEnd),
      ("electrolyte_concentration_positive_end_mol_m3", "c_p", \CellOutputs.electrolytePositiveEnd),
    ] {
      compare(column, name, gate: gates.concentration * largest([column])) {
        $0.outputs[keyPath: ours]
      }
    }
    let heats = ["heat_ohmic_watt", "heat_irreversible_watt", "heat_reversible_watt"]
    let heatGate = gates.heat * largest(heats)
    compare(heats[0], "q_ohm", gate: heatGate) { $0.outputs.heatOhmic }
    compare(heats[1], "q_irr", gate: heatGate) { $0.outputs.heatIrreversible }
    compare(heats[2], "q_rev", gate: heatGate) { $0.outputs.heatReversible }
  }

  /// The quantity nearest to its gate.
  var worstOther: (name: String, share: Double)? {
    others.max { $0.share < $1.share || $1.share.isNaN }
  }

  func passes(_ gates: ReferenceGates) -> Bool {
    wanted > 0 && compared == wanted && voltageRMS <= gates.voltageRMS
      && voltageLargest <= gates.voltageLargest ?? .infinity
      && others.allSatisfy { $0.share <= 1 }
  }
}
