import Electrochemistry
import Profiles
import Simulation

extension SimulateCommand {
  private static let ageingKinds = [
    "none", "sei-solvent-diffusion", "sei-ec-reaction", "plating-irreversible",
    "plating-reversible", "plating-partially-reversible",
  ]

  /// The options that name a model and how it is solved.
  func solverChoice() throws -> SolverChoice {
    try checkAgeing()
    for later in ["radial", "through-thickness"] where thermal == later {
      throw CommandFailure(
        status: 2, message: "--thermal \(later): not in this version: isothermal and lumped are")
    }
    if let rtol, !(1e-12...1e-2).contains(rtol) {
      throw refused("--rtol \(rtol)", "1e-12 to 0.01")
    }
    return SolverChoice(
      model: try word(model, "--model"), mesh: try word(mesh, "--mesh"),
      thermal: try word(thermal, "--thermal"), relativeTolerance: rtol)
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, _ option: String
  ) throws -> Word where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    throw CommandFailure(
      status: 2,
      message: "\(option) \(text): \(known.joined(separator: ", ")) are allowed"
        + Suggestion.hint(for: text, among: known))
  }

  private func checkAgeing() throws {
    let kinds = ageing.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0).filter { $0 != " " }
    }
    for kind in kinds where !Self.ageingKinds.contains(kind) {
      throw CommandFailure(
        status: 2,
        message: "--ageing \(kind): no such kind"
          + Suggestion.hint(for: kind, among: Self.ageingKinds)
          + "; known are \(Self.ageingKinds.joined(separator: ", "))")
    }
    for kind in kinds where kind != "none" {
      throw CommandFailure(
        status: 2, message: "--ageing \(kind): this version has no ageing: none is allowed")
    }
  }
}

extension SolverChoice {
  /// What a cell file must hold for this model.
  var demands: CellFile.Demands {
    var demands: CellFile.Demands = []
    if model != .spm { demands.insert(.electrolyte) }
    if thermal != .isothermal { demands.insert(.heat) }
    return demands
  }
}
