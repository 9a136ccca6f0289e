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

  @Test("SAF-006 each reason to take over reads as one line that names it", arguments: all)
  func words(distress: Distress, words: String) {
    #expect(distress.description == words)
  }
}
