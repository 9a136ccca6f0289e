extension SpeedReport {
  /// PyBOP's fits beside ours; empty without its record.
  func fitSection(_ goals: Thresholds) -> [String] {
    guard let record = pybop, !fits.isEmpty else { return [] }
    return [
      "", "## Fit", "",
      "PyBOP \(record.pybop) (PyBaMM \(record.pybamm)) and `lockstep identify`: five SPMe parameters (both "
        + "diffusivities and active fractions, the contact",
      "resistance) from \(record.points) voltages with 2 mV of noise, from one start, the same on both "
        + "sides (`fixtures/pybamm/bench/fit.py`).", "",
      "- Times are medians of the search, the model built before: CPU time of PyBOP's thread, Lockstep's wall "
        + "time. Lockstep's search includes reading noise and discrepancy off the fit and fitting twice more.",
      "- *From the best*: of the parameter that is furthest from the best estimate of these rows, in "
        + "standard deviations that the noise leaves. Errors are of the truths, and mostly noise: it leaves "
        + "\(noise(record)); the best estimate is \(figure(record.worstOfBest)) % off.",
      "- `fit`: the fastest of PyBOP's optimisers that gets there. `fit_least_squares`: SciPy's least "
        + "squares over PyBOP's simulator and sensitivities, which PyBOP does not ship.", "",
      "| row | goal | ratio | Lockstep | worst error % | from the best | PyBOP | worst error % | from the best |",
      "|---|---|---|---|---|---|---|---|---|",
    ] + fits.map { line($0, goals) } + ["", defaultMesh(record)]
  }

  private func line(_ row: FitRow, _ goals: Thresholds) -> String {
    let goal = goals.timesFasterThanPybopAtLeast[row.name].map { ">= \(figure($0))x" } ?? ""
    func cells(_ side: FitRow.Side) -> String {
      "\(figure(side.seconds)) s; \(side.settings) | \(figure(side.worstErrorPercent)) | "
        + "\(figure(side.distanceFromBest)) sd"
    }
    return "| `\(row.name)` | \(goal) | \(figure(row.ratio))x | \(cells(row.ours)) | "
      + "\(cells(row.theirs)) |"
  }

  private func noise(_ record: PyBOPRecord) -> String {
    record.noisePercent.sorted { $0.value > $1.value }.map { "\(figure($1)) % of `\($0)`" }
      .joined(separator: ", ")
  }

  private func defaultMesh(_ record: PyBOPRecord) -> String {
    let found = record.defaultMesh.map { "\($0.settings): \(figure($0.worstPercent)) %" }
    return
      "Rows of PyBaMM's default mesh instead, up to \(figure(record.defaultMeshOffMillivolt)) mV off "
      + "the converged ones: only a model of that mesh finds their truths. Worst errors: "
      + "\(found.joined(separator: "; "))."
  }
}
