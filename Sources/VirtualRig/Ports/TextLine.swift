private import Glibc

/// The serial port of an instrument that speaks lines of text, each ended by a line feed.
struct TextLine: ~Copyable, ServerLine {
  private static let longest = 256
  private static let end = UInt8(ascii: "\n")

  let descriptor: Int32
  /// What has come of lines that are not whole, or not yet handed over.
  private var pending: [UInt8] = []

  /// A server on an open descriptor, which stays the caller's.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// One line a call.
  mutating func receive() -> Arrival {
    if !hasMore {
      var buffer = [UInt8](repeating: 0, count: Self.longest)
      let got = read(descriptor, &buffer, buffer.count)
      guard got > 0 else { return got < 0 && errno == EAGAIN ? .nothing : .closed }
      pending += buffer[..<got]
    }
    guard let place = pending.firstIndex(of: Self.end) else {
      if pending.count > Self.longest { pending = [] }
      return .nothing
    }
    let line = pending[..<place].filter { $0 != UInt8(ascii: "\r") }
    pending.removeSubrange(...place)
    return .request(Array(line), isBroadcast: false)
  }

  /// Whether a whole line waits.
  var hasMore: Bool { pending.contains(Self.end) }

  func framed(_ reply: [UInt8], wrongUnit: Bool) -> [UInt8] { reply + [Self.end] }

  func function(of request: [UInt8]) -> UInt8 { request.contains(UInt8(ascii: "?")) ? 3 : 6 }
}
