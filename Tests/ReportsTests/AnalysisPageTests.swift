import Foundation
import Reports
import Testing

@Suite("An analysis page stands alone and shows what its JSON holds")
struct AnalysisPageTests {
  private struct Result: Encodable {
    var estimates = ["negative_electrode.diffusivity": 3.3e-14 / 7, "a/b~c": -1.0 / 3]
    var interval = [1.0 / 3, 2.0 / 3]
    var bad = Double.nan
    var word = "</script><script>alert(1)</script>"
  }

  private let table = ResultTable(
    ["What", "Value"],
    [
      [.code("D"), .number(["estimates", "negative_electrode.diffusivity"], scale: 1e14)],
      [.text("odd name"), .number(["estimates", "a/b~c"])],
      [.text("interval"), .interval(["interval"], scale: 100, digits: 3)],
      [.text("share"), .share(of: ["interval", "0"], in: ["interval", "1"])],
      [.text("no number"), .number(["bad"])],
      [.text("not there"), .number(["estimates", "x"])],
    ])

  private func page(_ parts: [any PagePart], title: String = "cell") -> String {
    AnalysisPage(
      kind: "identification", title: title, outcome: (true, title), facts: [("Cell", title)],
      sections: [PageSection(title, lead: title, parts)], numbers: PageNumbers(Result())
    ).html
  }

  @Test("every number in its tables is the JSON's at its pointer, unrounded")
  func numbers() throws {
    let html = page([table])
    let block = try #require(
      html.firstMatch(of: /id="lockstep-numbers">(.*?)<\/script>/)?.output.1)
    let json = try JSONDecoder().decode(JSONValue.self, from: Data(block.utf8))
    let shown = html.matches(of: /<data data-key="([^"]*)" value="([^"]*)">/)
    #expect(shown.count == 6)
    for match in shown {
      var here: JSONValue? = json
      for part in match.output.1.split(separator: "/") {
        let name = part.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(
          of: "~0", with: "~")
        here = here?.object[name] ?? Int(name).flatMap { here?.list[$0] }
      }
      #expect(try #require(here?.number) == Double(match.output.2))
    }
    #expect(html.contains(">0.4714</data>") && html.contains(">\u{2212}0.3333</data>"))
    #expect(html.contains(">33.3</data> to <data"))
  }

  @Test("what is not there or is no number is a dash")
  func dashes() {
    let html = page([table])
    #expect(html.components(separatedBy: "<span class=\"none\">").count == 3)
  }

  @Test("it asks nothing of a network or of another file, and text cannot become markup")
  func selfContained() {
    let evil = "</script><img src=x onerror=\"x\">&'"
    let figure = TimeFigure(
      id: "f", [TimeStrip(evil, unit: "V", [.init([0, 1], [0, 1], .plain, name: evil)])])
    let bars = LogBars(rows: [evil], [.init(evil, [1])], axis: evil)
    let pairs = PairEllipses([evil, "b.c"], units: ["%", "%"], covariance: [1, 0.5, 0.5, 1])
    let profiles = ProfilePlots(
      [.init(name: evil, axis: evil, values: [0, 1, 2], rises: [2, 0, 2], interval: 0...2)],
      threshold: 1.92)
    let html = page(
      [figure, bars, pairs, profiles, ResultTable([evil], [[.code(evil)]])], title: evil)
    #expect(!html.contains("<img") && !html.contains("<script>alert"))
    #expect(
      html.components(separatedBy: "<script").count
        == html.components(separatedBy: "</script>").count)
    let text = html.replacingOccurrences(of: "\"http://www.w3.org/2000/svg\"", with: "")
    for word in ["http://", "https://", " src=\"", "@import", "url(", "<link", "fetch("] {
      #expect(!text.contains(word), "\(word)")
    }
  }
}
