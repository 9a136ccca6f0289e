import Bench
import Testing

@Suite("SAF-014 a process that was held up moves nothing any more")
struct HeartWatchTests {
  @Test(
    "SAF-014 a silence longer than the guard's patience ends the run for good; one as long does not"
  )
  func silence() {
    var now: Int64 = 1_000
    var beats = 0
    let heart = HeartWatch(clock: { now }, send: { beats += 1 })
    #expect(heart.holdUp() == nil)
    now += PortOrder.lifetime
    #expect(heart.holdUp() == nil)
    now += PortOrder.lifetime + 1
    heart.beat()
    now += 1
    #expect(heart.holdUp()?.status == 3)
    #expect(heart.holdUp()?.message.contains("500 ms allowed") == true)
    #expect(beats == 5)
  }
}
