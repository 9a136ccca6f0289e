/// Laws of one kind.
public struct VerificationSection: Sendable, Codable {
  /// Heading.
  public var title: String
  /// What the rows mean and where theory comes from; Markdown.
  public var introduction: String
  /// The laws.
  public var rows: [VerificationRow]
  /// What was left out, and why; one line each.
  public var skipped: [String] = []

  /// Laws of one kind.
  public init(
    title: String, introduction: String, rows: [VerificationRow], skipped: [String] = []
  ) {
    self.title = title
    self.introduction = introduction
    self.rows = rows
    self.skipped = skipped
  }

  /// Whether every law holds.
  public var passed: Bool { rows.allSatisfy(\.passed) }
}
