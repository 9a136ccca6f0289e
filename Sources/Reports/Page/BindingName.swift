/// How a report names what bound a decision.
enum BindingName {
  /// From what the protocol asked to what the twin asked to nothing.
  static let order = [
    "step", "current", "voltage", "temperature", "plating_margin", "cost",
    "target", "fallback", "none",
  ]

  static func shown(_ binding: String) -> String {
    switch binding {
    case "step": "protocol step"
    case "current": "current limit"
    case "voltage": "voltage limit"
    case "temperature": "temperature limit"
    case "plating_margin": "plating margin"
    case "cost": "less costs less"
    case "target": "target"
    case "fallback": "fallback"
    default: "none"
    }
  }
}
