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

  /// Runs everything.
  ///
  /// - Parameter done: takes each section as it is finished.
  public func run(_ done: (VerificationSection) -> Void = { _ in }) throws -> VerificationReport {
    var report = VerificationReport()
    func add(_ section: VerificationSection) {
      report.sections.append(section)
      done(section)
    }
    add(try ParticleLaws.section(cell))
    add(try ElectrolyteLaws.section(cell))
    add(try PotentialLaws.section(cell))
    add(try TimeLaws.section(cell))
    add(try BalanceLaws.section(cell))
    add(try RefinementLaws.section(cell))
    add(try AsymptoticLaws.section(cell))
    add(try DerivativeLaws.section(cell))
    for folder in folders { add(try TrajectoryLaws.section(folder)) }
    return report
  }
}
