import Bench
import Records
import Testing

/// A power loss may leave the chamber anywhere: a step goes on at the ambient that it had.
@Suite("Chamber after a stop")
struct ChamberReturnTests {
  private func bench() throws -> StopAndGo {
    try StopAndGo([
      (
        "cold",
        try StopAndGo.steps(["Chamber at 10 degC for 5 s", "Discharge at 1C for 30 s"])
      )
    ])
  }

  private func discharged(_ bench: StopAndGo) -> Int {
    bench.requests.filter { $0 < 0 }.count
  }

  @Test("a step waits for the ambient of before the stop, and its clock stands still")
  func waits() throws {
    var bench = try bench()
    bench.ambient = 10
    try bench.run(16)
    try bench.stop(for: 600)
    let told = bench.chamber.count
    bench.ambient = 18
    try bench.run(50)
    #expect(bench.requests.suffix(50).allSatisfy { $0 == 0 } && bench.outcome == nil)
    #expect(bench.chamber.count == told + 50 && bench.chamber.last == 10)
    bench.ambient = 10.5
    try bench.run()
    #expect(bench.outcome?.status == 0)
    // 30 s of current; the request of the last second before the stop did not flow.
    #expect(discharged(bench) == 31)
  }

  @Test("an ambient that had not arrived either is near enough where it was")
  func asBefore() throws {
    var bench = try bench()
    bench.ambient = 14
    try bench.run(16)
    try bench.stop(for: 600)
    try bench.run()
    #expect(bench.outcome?.status == 0 && discharged(bench) == 31)
  }

  @Test("one that does not come back is waited for two hours, and said")
  func missed() throws {
    var bench = try bench()
    bench.ambient = 10
    try bench.run(16)
    try bench.stop(for: 600)
    bench.ambient = 25
    try bench.run(7200)
    #expect(discharged(bench) == 11 && bench.outcome == nil)
    try bench.run()
    #expect(bench.events.contains { $0.id == "chamber.not_restored" })
    #expect(bench.outcome?.status == 0 && discharged(bench) == 31)
  }

  @Test("a step that sends the chamber somewhere waits by itself")
  func own() throws {
    var bench = try StopAndGo([("cold", try StopAndGo.steps(["Chamber at 10 degC for 20 s"]))])
    try bench.run(10)
    try bench.stop(for: 600)
    try bench.run()
    #expect(bench.outcome?.status == 0 && bench.samples.count == 22)
  }
}
