import Electrochemistry
import Kernels
import Profiles

extension FitParameter {
  /// `[[parameter]]`: a name, the prior's mean and standard deviation, and bounds.
  ///
  /// Factors: `prior` and `bounds` are factors on the cell file's value and `sd` is relative (of the
  /// logarithm); the contact resistance in mOhm likewise; activation energies in J/mol added;
  /// `positive_electrode.stoichiometry_shift` as it is.
  init(_ table: TomlTable) throws(ProfileError) {
    let word = try table.string("name")
    let sd = try table.number("sd", in: 1e-9...1e9)
    let bounds = try table.numbers(ifPresent: "bounds")
    if let bounds {
      guard bounds.count == 2, bounds[0] < bounds[1] else {
        throw table.error("bounds", "[low, high] with low below high is wanted")
      }
    }
    let isLogarithmic: Bool
    if word == "positive_electrode.stoichiometry_shift" {
      self.init(.balance, prior: 0, priorSD: sd)
      isLogarithmic = false
    } else if let name = ParameterName(rawValue: word) {
      isLogarithmic = !word.hasSuffix("activation_energy")
      self.init(
        !isLogarithmic
          ? .activationEnergy(name)
          : name == .contactResistance ? .contactResistance : .factor(name), prior: 0, priorSD: sd)
    } else {
      let all = ParameterName.allCases.map(\.rawValue)
      throw table.error(
        "name", "no such parameter; known are \(all.joined(separator: ", "))")
    }
    func scaled(_ x: Double) -> Double { isLogarithmic ? Double.logarithm(x) : x }
    let low = isLogarithmic ? 1e-9 : -1e9
    prior = scaled(
      try table.number(ifPresent: "prior", in: low...1e9) ?? (isLogarithmic ? 1 : 0))
    if let bounds {
      guard bounds[0] >= low else { throw table.error("bounds", "above 0 is wanted") }
      self.bounds = scaled(bounds[0])...scaled(bounds[1])
    } else {
      self.bounds = (prior - 4 * sd)...(prior + 4 * sd)
    }
    guard self.bounds.contains(prior) else { throw table.error("bounds", "must hold the prior") }
  }

  /// `[[correction]]`: one bump for each of `centres`, each of height 0 +- `sd`.
  static func corrections(_ table: TomlTable) throws(ProfileError) -> [FitParameter] {
    let function: FunctionCorrection.Function = try table.choice("function")
    let width = try table.number("width", in: 1e-3...1)
    let sd = try table.number("sd", in: 1e-9...10)
    guard let centres = try table.numbers(ifPresent: "centres"), !centres.isEmpty else {
      throw table.error("centres", "at least one stoichiometry is wanted")
    }
    return centres.map {
      let bump = FunctionCorrection(function, centre: $0, width: width)
      return FitParameter(.correction(bump), prior: 0, priorSD: sd)
    }
  }
}
