public import Electrochemistry
public import Foundation

// Goals, in order: 1. oracles that share nothing with the code they judge: closed forms,
// manufactured states, balances, an independent code; 2. a figure and a bound for every law, so
// that a slow loss shows; 3. under a minute on one core.

/// All laws, section by section.
public struct VerificationSuite: Sendable {
  let cell: CellParameters
  let folders: [URL]

  /// - Parameters:
  ///   - cell: Chen2020, which the laws are tuned to.
  ///   - folders: of an independent code's trajectories.
  public init(_ cell: CellParameters, trajectories folders: [URL]) {
    self.cell = cell
    self.folders = folders
  }

  /// Laws by kind, trajectories apart.
  package static let kinds: [(String, @Sendable (CellParameters) throws -> VerificationSection)] = [
    ("Particles", ParticleLaws.section), ("Electrolyte", ElectrolyteLaws.section),
    ("Potentials", PotentialLaws.section), ("Time", TimeLaws.section),
    ("Balances", BalanceLaws.section), ("Grid refinement", RefinementLaws.section),
    ("Limits of small current", AsymptoticLaws.section),
    ("Dual numbers and lanes", DerivativeLaws.section),
  ]

  /// An error is a law that does not hold.
  private func attempt(
    _ title: String, _ body: () throws -> VerificationSection
  ) -> VerificationSection {
    do { return try body() } catch {
      let row = VerificationRow(
        name: title, law: "can be run", theory: "no error", observed: "\(error)",
        bound: "no error", passed: false)
      return VerificationSection(title: title, introduction: "", rows: [row])
    }
  }

  /// Runs everything.
  ///
  /// - Parameter done: takes each section as it is finished.
  public func run(_ done: (VerificationSection) -> Void = { _ in }) -> VerificationReport {
    var report = VerificationReport()
    func add(_ section: VerificationSection) {
      report.sections.append(section)
      done(section)
    }
    for (title, section) in Self.kinds { add(attempt(title) { try section(cell) }) }
    for folder in folders {
      add(attempt("Trajectories of an independent code") { try TrajectoryLaws.section(folder) })
    }
    return report
  }
}
