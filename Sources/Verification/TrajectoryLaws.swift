import Foundation

/// Trajectories of an independent code, followed within gates.
package enum TrajectoryLaws {
  /// Every case under `folder`, in `<set>/<case>.{json,csv}`.
  ///
  /// - Throws: when the folder or a case's JSON cannot be read.
  static func section(_ folder: URL) throws -> VerificationSection {
    let cases = try ReferenceCase.all(in: folder)
    return VerificationSection(
      title: "Trajectories of an independent code",
      introduction: """
        PyBaMM 26.10.1.1 on a fine mesh (each JSON tells mesh and tolerances) against the standard \
        mesh and the default tolerance, from 1 s to 0.99 of the run, without the second after each \
        switch. Voltage in mV. *Other*: the quantity nearest to its gate and the share of the gate \
        that it takes, of x_n, x_p (mean surface stoichiometries, 5e-4), c_n, c_p (salt at the \
        collectors, 0.2 % of the largest), phi_sep (negative potential at the separator, 0.5 mV), \
        T (0.02 K; 0.05 K at 2C), q_ohm, q_irr, q_rev (1 % of the largest total heat).
        """,
      rows: cases.filter { $0.skipped == nil }.map { row($0) },
      skipped: cases.compactMap(\.skipped))
  }

  /// One case as a law.
  ///
  /// - Parameter profiles: as `root` in `ShippedProfiles.locate`.
  package static func row(
    _ reference: ReferenceCase, profiles: String? = nil
  ) -> VerificationRow {
    let gates = reference.gates
    var row = VerificationRow(
      name: "\(reference.set) \(reference.name)", law: "follows the independent code",
      theory: "0", observed: "", bound: gates.text, passed: false)
    do {
      let table = try reference.table()
      let rows = try reference.solve(
        at: try table.column("test_time_second"), profiles: profiles)
      let found = try ReferenceComparison(reference, table: table, rows: rows)
      row.passed = found.passes(gates)
      row.observed = String(
        format: "%.3f rms, %.3f max mV", found.voltageRMS, found.voltageLargest)
      if let worst = found.worstOther {
        row.observed += String(format: "; \(worst.name) %.0f %%", 100 * worst.share)
      }
      if found.compared < found.wanted {
        row.observed += "; only \(found.compared) of \(found.wanted) rows reached"
      }
    } catch {
      row.observed = "\(error)"
    }
    return row
  }
}
