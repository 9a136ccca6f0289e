extension Rig {
  /// One JSON object with the ports, for the first line of standard output.
  public var announcement: String {
    let pairs = ports.map { "\(JSONText.quoted($0.name)): \(JSONText.quoted($0.path))" }
    return "{\"ports\": {\(pairs.joined(separator: ", "))}}"
  }
}
