/// A smooth bump exp(-((x - centre)/width)^2), to be added to one of an electrode's functions.
public struct FunctionCorrection: Sendable, Hashable {
  /// Which function, and how the bump acts on it.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    /// V, added.
    case negativeOpenCircuitPotential = "negative_electrode.ocp"
    /// V, added.
    case positiveOpenCircuitPotential = "positive_electrode.ocp"
    /// V/K, added.
    case negativeEntropicChange = "negative_electrode.entropic_change"
    /// V/K, added.
    case positiveEntropicChange = "positive_electrode.entropic_change"
    /// exp of the bumps multiplies.
    case negativeDiffusivity = "negative_electrode.diffusivity"
    /// As of the negative electrode.
    case positiveDiffusivity = "positive_electrode.diffusivity"
  }

  /// Which function.
  public var function: Function
  /// Stoichiometry of the top.
  public var centre: Double
  /// Stoichiometry; the bump falls to 1/e there.
  public var width: Double

  /// A bump of height 1.
  public init(_ function: Function, centre: Double, width: Double) {
    self.function = function
    self.centre = centre
    self.width = width
  }

  /// In reports.
  public var name: String { "\(function.rawValue)@\(centre)" }

  /// As a term of a BPX expression in x.
  public func term(height: Double) -> String { "\(height)*exp(-((x - \(centre))/\(width))**2)" }
}
