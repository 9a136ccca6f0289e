/// Two timed relays whose contacts lie side by side, closed in turn, so that one is closed at all times
/// though none can be told again while it is closed. Indices are into the profile's values.
public struct RelayPair: Sendable, Hashable {
  /// One of the two.
  public struct Relay: Sendable, Hashable {
    /// What is written to close it for a time.
    public var closing: Int
    /// What reads whether it is closed.
    public var state: Int
  }

  /// Closed when both are open.
  public var first: Relay
  /// Closed when half of the first one's time is over.
  public var second: Relay

  /// The least scans in one closing. A relay that opens is seen a scan later and must be closed again in
  /// the half of its time that the other has left: two and a half scans, for writes that come anywhere
  /// in theirs, or for a scan that is missed.
  public static let leastScans = 5
  /// The shortest closing, s: five scans of the set-up commands.
  public static let leastHold = 1.25

  /// Whether `state` is one of the two's.
  func shows(_ state: Int) -> Bool { state == first.state || state == second.state }
}
