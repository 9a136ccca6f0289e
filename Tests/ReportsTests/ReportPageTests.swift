import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Reports
import Testing

@Suite("A report stands alone and says what must be said")
struct ReportPageTests {
  @Test("it asks nothing of a network or of another file")
  func selfContained() throws {
    let html = try page(SyntheticRun.records(scale: 0.05))
    for word in ["http://", "https://", " src=", "@import", "url(", "<link", "fetch("] {
      // The one address is the name of the SVG name space, which is never fetched.
      let text = html.replacingOccurrences(of: "\"http://www.w3.org/2000/svg\"", with: "")
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test("research override, outcome, versions and unknown seed are shown plainly")
  func facts() throws {
    let html = try page(SyntheticRun.records(scale: 0.05))
    for text in [
      "Research override", "6 A at 10 degC is past the data sheet", "exit 0", "M50-001",
      "lockstep 0.1.0", "libmodbus 3.1.6", "stepped", "only the rig knows it", "margin 10 mV",
    ] {
      #expect(html.contains(text), "\(text)")
    }
  }

  @Test("text from files and events cannot become markup or end a script")
  func escaping() throws {
    let evil = "</script><script>alert(1)</script><img src=x onerror=\"x\">&'"
    var records = SyntheticRun.records(scale: 0.02, name: evil)
    records.insert(
      .event(
        Event(time: .zero, unixTime: 0, severity: .trip, id: evil, message: evil)), at: 1)
    records.insert(
      .event(
        Event(time: .zero, unixTime: 0, severity: .info, id: "phase.started", message: evil)),
      at: 1)
    let html = try page(records)
    #expect(!html.contains("<script>alert"))
    #expect(!html.contains("<img"))
    #expect(
      html.components(separatedBy: "<script").count
        == html.components(separatedBy: "</script>").count)
    #expect(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"))
  }

  @Test("a run without an end, without estimates, or of one scan still has its page")
  func sparseRuns() throws {
    let all = SyntheticRun.records(scale: 0.02)
    let cutOff = all.filter { if case .ended = $0 { false } else { true } }
    #expect(try page(cutOff).contains("No end on record"))
    let blind = all.filter { if case .estimate = $0 { false } else { true } }
    #expect(try page(blind).contains("Lowest separator potential"))
    let first = all.firstIndex { if case .sample = $0 { true } else { false } } ?? 0
    #expect(try page(Array(all.prefix(first + 1))).contains("1</data> scans"))
    #expect(try page(Array(all.prefix(1))).contains("No sample on record"))
    let nameless = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: nameless.path)
    #expect(throws: JournalError.self) { try ReportPage(JournalReader(nameless.path)) }
    try writer.close()
  }

  /// About four scans share an interval of the picture, so that of two neighbours at most one is
  /// the last of its interval: keeping only the last would not do.
  @Test(
    "no excursion vanishes from a picture: one bad sample among thousands is drawn",
    arguments: [1001, 1002])
  func excursionsSurviveThinning(scan: Int) throws {
    var records = SyntheticRun.records(scale: 0.2)
    let place = try #require(
      records.firstIndex { if case .sample(let s, _, _) = $0 { s.scan == scan } else { false } })
    guard case .sample(var sample, let step, let phase) = records[place] else { return }
    // The whole run's voltage axis has to pass 600 V, which it does only if the spike was kept.
    let passes600 = /text-anchor="end"[^>]*>600</
    #expect(try page(records).firstMatch(of: passes600) == nil)
    sample.cellVoltage = Reading(Volts(777), at: sample.time)
    records[place] = .sample(sample, step: step, phase: phase)
    #expect(try page(records).firstMatch(of: passes600) != nil)
  }

  private func page(_ records: [Record]) throws -> String {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(records)
    try writer.close()
    return try ReportPage(JournalReader(folder.path)).html
  }
}
