/// The safety case as a page: each promise, its requirement, the tests that carry it, what was measured.
struct SafetyCasePage {
  let tests: RequirementTests
  let figures: ProofFigures

  /// Markdown, ending in a newline.
  var text: String {
    var lines = [
      "# Safety case", "",
      "Written by `make safety-case`; a test says when it is out of date. Each promise has a requirement; a test that "
        + "names it (`SAF-nnn` in its title) fails when the promise is broken.", "",
      "| promise | requirement | tests | in words | proof wanted |", "|---|---|---|---|---|",
    ]
    for promise in SafetyPromise.all {
      let count = tests.entries[promise.requirement]?.count ?? 0
      lines.append(
        "| \(promise.name) | \(promise.requirement) | \(count == 0 ? "NONE" : "\(count)") | "
          + "\(promise.promise) | \(promise.proof) |")
    }
    lines += ["", "## Tests by requirement", ""]
    for promise in SafetyPromise.all { lines += section(promise) }
    lines += measured
    lines += Self.bounds
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ promise: SafetyPromise) -> [String] {
    var lines = ["### \(promise.name), \(promise.requirement)", ""]
    let entries = tests.entries[promise.requirement] ?? []
    if entries.isEmpty { lines.append("**No test carries this requirement.**") }
    for entry in entries { lines.append("- \(entry.title) (`\(entry.file)`)") }
    return lines + [""]
  }

  private var measured: [String] {
    var lines = ["## Measured", ""]
    for file in figures.files {
      lines += ["### \(file.name)", "", "| figure | value |", "|---|---|"]
      lines += file.figures.map { "| \($0.key) | \($0.value) |" }
      if file.figures.isEmpty { lines.append("| - | the file holds nothing that can be read |") }
      lines.append("")
    }
    lines += figures.missing.map { "- \($0): not run" }
    return lines + [""]
  }

  private static let bounds = [
    "## What this case does not cover", "",
    "- Every figure above is of virtual benches. A real bench has its own, measured by `lockstep commission` and "
      + "`lockstep prove`; `lockstep run` refuses real ports without them.",
    "- Wiring, fuse, contactor and E-stop are declared by the bench file; the software tests what current shows of them.",
    "- `prove` silences a line by stopping its output; no cable is pulled by it.",
  ]
}
