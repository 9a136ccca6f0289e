import Guard
import Testing

@Suite struct DistressTests {
  private static let all: [(Distress, String)] = [
    (.notStarted(2), "the controller could not be started: errno 2"),
    (.died(.status(4)), "the controller exited with status 4 without making the bench safe"),
    (.died(.signal(11)), "the controller was killed by signal 11 without making the bench safe"),
    (.neverBeat(10), "the controller did not beat its heart within 10 ms of its start"),
    (.silent(500), "the controller hung: no heartbeat for 500 ms"),
    (.heartClosed, "the controller closed its heartbeat pipe and lived on"),
    (.overstayed(signal: 2, 9), "the controller did not end within 9 ms of signal 2"),
    (.closingTooLong(7), "the controller said that the bench is safe and did not end within 7 ms"),
    (
      .notConfirmed(.status(0)),
      "the controller said that the bench is safe and exited with status 0, the meter does not confirm it"
    ),
  ]

  @Test("SAF-001 first bytes are said in tenths of a millisecond, in the order in which they went")
  func firstBytes() {
    let line = FirstByte.line(
      [
        FirstByte(device: "psu", permitted: 3_049_999, sent: 13_050_000),
        FirstByte(device: "contactor", permitted: 2_000_000, sent: 2_100_000),
      ], death: 1_000_000)
    #expect(
      line == "first bytes after the death: contactor 1.1 ms (permitted at 1.0 ms), "
        + "psu 12.1 ms (permitted at 2.0 ms)")
    #expect(FirstByte.line([], death: 0) == "first bytes after the death: none")
  }

  @Test("SAF-006 bytes and times read as a person expects")
  func readable() {
    #expect(hexadecimal([0, 0x0F, 0x10, 0x1F, 0xFF]) == "00 0f 10 1f ff")
    #expect(LatchRecord.utc(.nan) == "1970-01-01T00:00:00Z")
    #expect(LatchRecord.utc(-1) == "1970-01-01T00:00:00Z")
    #expect(LatchRecord.utc(1e12) == "2096-10-02T07:06:40Z")
    #expect(LatchRecord.utc(951_827_696.9) == "2000-02-29T12:34:56Z")
  }

  @Test("SAF-006 each reason to take over reads as one line that names it", arguments: all)
  func words(distress: Distress, words: String) {
    #expect(distress.description == words)
  }
}
