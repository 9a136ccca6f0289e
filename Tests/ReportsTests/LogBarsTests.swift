import Foundation
import Reports
import Testing

@Suite("Bars on a logarithmic axis")
struct LogBarsTests {
  private func widths(_ values: [Double]) -> [Double] {
    let bars = LogBars(
      rows: values.indices.map(String.init), [.init("a", values)], axis: "sd / %")
    return bars.html(PageNumbers([0])).matches(of: /class="bar[^"]*"[^>]* width="([^"]*)"/)
      .compactMap { Double($0.output.1) }
  }

  @Test("equal ratios are equal lengths", arguments: [1e-6, 0.03, 1, 4e7])
  func ratios(least: Double) {
    let found = widths([least, 10 * least, 100 * least])
    #expect(found.count == 3)
    #expect(abs((found[2] - found[1]) - (found[1] - found[0])) < 0.2)
    #expect(found[0] > 20, "the shortest can be seen")
  }

  @Test("what is not above 0 has no bar")
  func none() {
    #expect(widths([0, 1, .infinity, -1, .nan]).count == 1)
    #expect(widths([0]).isEmpty)
  }
}
