import Bench
import Foundation
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

  private struct Told: Error {}

  @Test(
    "work under a beating heart ends only once the heart has beaten on")
  func work() throws {
    let enough = DispatchSemaphore(value: 0)
    var beats = 0
    let heart = HeartWatch {
      beats += 1
      if beats == 5 { enough.signal() }
    }
    let worked = heart.beats {
      // A heart that stands still must not hold the test up for ever.
      guard enough.wait(timeout: .now() + 20) == .success else { throw Told() }
      return 7
    } interruption: {
      nil
    } cancel: {
    }
    guard case .done(.success(7)) = worked else {
      Issue.record("\(worked)")
      return
    }
    #expect(beats >= 5 && heart.holdUp() == nil)
  }

  @Test(
    "an interruption cancels work, and says why it ended; work that was done all the same counts")
  func interruption() {
    for fails in [true, false] {
      let told = DispatchSemaphore(value: 0)
      let worked = HeartWatch(send: {}).beats {
        told.wait()
        if fails { throw Told() }
      } interruption: {
        Outcome(status: 130, message: "stopped")
      } cancel: {
        told.signal()
      }
      switch worked {
      case .brokenOff(let outcome): #expect(fails && outcome.status == 130)
      case .done(let result): #expect(!fails && (try? result.get()) != nil)
      }
    }
  }
}
