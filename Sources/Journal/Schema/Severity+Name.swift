public import Records

extension Event.Severity {
  /// How the journal and the reports write it.
  public var name: String {
    switch self {
    case .info: "info"
    case .warning: "warning"
    case .fault: "fault"
    case .trip: "trip"
    }
  }

  /// The severity that `name` stands for.
  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}
