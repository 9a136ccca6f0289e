import Electrochemistry
import Foundation
public import Profiles
import Quantities

extension FittedCell {
  /// The base document with the fit's values in it: what `CellModification.cell` makes, as BPX.
  public func document(_ base: CellDocument) throws(ProfileError) -> CellDocument {
    var settings: [CellDocument.Setting] = []
    var factors: [ParameterName: Double] = [:]
    var bumps: [FunctionCorrection.Function: [String]] = [:]
    for (parameter, value) in zip(parameters, values) {
      switch parameter.target {
      case .factor(let name): factors[name] = value.exponential
      case .contactResistance:
        settings.append(.init(.contactResistance, cell.contactResistance))
      case .activationEnergy(let name):
        settings.append(.init(name, cell[keyPath: name.path]))
      case .balance: break
      case .correction(let correction):
        bumps[correction.function, default: []].append(correction.term(height: value))
      }
    }
    for (side, electrode) in [("Negative", cell.negative), ("Positive", cell.positive)] {
      let place = ["Parameterisation", "\(side) electrode"]
      settings += [
        .init(place: place + ["Minimum stoichiometry"], value: electrode.minimumStoichiometry),
        .init(place: place + ["Maximum stoichiometry"], value: electrode.maximumStoichiometry),
      ]
    }
    let scaled = try base.scaled(factors)
    for (function, terms) in bumps.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let old = scaled.expression(at: function.place) ?? "0"
      let sum = terms.joined(separator: " + ")
      let text = function.multiplies ? "(\(old))*exp(\(sum))" : "\(old) + \(sum)"
      settings.append(.init(place: function.place, text: text.spacedSigns))
    }
    return try scaled.setting(settings + uncertainties)
  }
}

extension FittedCell {
  /// Under User-defined: standard deviations, and correlations that matter.
  private var uncertainties: [CellDocument.Setting] {
    let place = ["Parameterisation", "User-defined", "Fit"]
    var settings = [
      CellDocument.Setting(
        place: place + ["description"],
        text: "Standard deviations after the fit: relative; of activation energies J/mol; of open-"
          + "circuit bumps V, of entropic ones V/K, of diffusivity's in its logarithm; and "
          + "correlations beyond 0.8.")
    ]
    for (i, parameter) in parameters.enumerated() {
      let place = place + ["Standard deviation", parameter.name]
      settings.append(CellDocument.Setting(place: place, value: sd(i).short))
    }
    for i in parameters.indices {
      for j in 0..<i where correlation(i, j).magnitude > 0.8 {
        let pair = "\(parameters[j].name) and \(parameters[i].name)"
        settings.append(
          CellDocument.Setting(
            place: place + ["Correlation", pair], value: correlation(i, j).short))
      }
    }
    return settings
  }
}

extension Double {
  /// Two digits: no standard deviation deserves more.
  var short: Double {
    guard self != 0, isFinite else { return self }
    let scale = pow(10, 1 - log10(magnitude).rounded(.down))
    return (self * scale).rounded() / scale
  }
}

extension FunctionCorrection.Function {
  /// Where the function stands in a BPX file.
  var place: [String] {
    let (side, key) =
      switch self {
      case .negativeOpenCircuitPotential: ("Negative", "OCP [V]")
      case .positiveOpenCircuitPotential: ("Positive", "OCP [V]")
      case .negativeEntropicChange: ("Negative", "Entropic change coefficient [V.K-1]")
      case .positiveEntropicChange: ("Positive", "Entropic change coefficient [V.K-1]")
      case .negativeDiffusivity: ("Negative", "Diffusivity [m2.s-1]")
      case .positiveDiffusivity: ("Positive", "Diffusivity [m2.s-1]")
      }
    return ["Parameterisation", "\(side) electrode", key]
  }

  /// Whether exp of the bumps multiplies; else they are added.
  var multiplies: Bool { self == .negativeDiffusivity || self == .positiveDiffusivity }
}

extension String {
  /// `a + -b` as `a - b`.
  fileprivate var spacedSigns: String {
    split(separator: " + -", omittingEmptySubsequences: false).joined(separator: " - ")
  }
}
