/// Our fields under User-defined. BPX allows any there; what another program put there is kept
/// and not read.
enum OwnField {
  static let contactResistance = "Contact resistance [Ohm]"

  /// alpha_a of the electrode called "Negative electrode" or "Positive electrode".
  static func anodicTransferCoefficient(_ electrode: String) -> String {
    "\(electrode) anodic transfer coefficient"
  }

  static func cathodicTransferCoefficient(_ electrode: String) -> String {
    "\(electrode) cathodic transfer coefficient"
  }

  /// How the points of an electrode's open-circuit potential tables are joined: 1 or 3.
  static func potentialTableOrder(_ electrode: String) -> String {
    "\(electrode) OCP table order"
  }

  static let all =
    [contactResistance]
    + ["Negative electrode", "Positive electrode"].flatMap {
      [anodicTransferCoefficient($0), cathodicTransferCoefficient($0), potentialTableOrder($0)]
    }
}
