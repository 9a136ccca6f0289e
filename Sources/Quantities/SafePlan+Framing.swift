extension SafePlan.Framing {
  /// The order of the checksum's bytes of a KP184's frames; nil for every other framing.
  public var checksumOrder: KP184Frame.ChecksumOrder? {
    switch self {
    case .kp184HighFirst: .highFirst
    case .kp184LowFirst: .lowFirst
    case .rtu, .tcp, .text: nil
    }
  }

  /// A KP184's framing in the given order.
  public static func kp184(_ order: KP184Frame.ChecksumOrder) -> Self {
    order == .highFirst ? .kp184HighFirst : .kp184LowFirst
  }
}
