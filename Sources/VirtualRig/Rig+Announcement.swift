extension Rig {
  /// One JSON object with the ports, for the first line of standard output.
  public var announcement: String {
    let pairs = ports.map { "\(Self.quoted($0.name)): \(Self.quoted($0.path))" }
    return "{\"ports\": {\(pairs.joined(separator: ", "))}}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\0"..<" ":
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
