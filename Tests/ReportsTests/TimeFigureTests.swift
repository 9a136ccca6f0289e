import Foundation
import Reports
import Testing

@Suite("A picture over time shows what the arrays hold")
struct TimeFigureTests {
  private func html(_ times: [Double], _ values: [Double], halfWidths: [Double]? = nil) -> String {
    let curve = TimeStrip.Curve(times, values, .model, halfWidths: halfWidths)
    return TimeFigure(id: "f", [TimeStrip("x", unit: "V", [curve])]).html(PageNumbers([0]))
  }

  /// Points of each stretch of the curve.
  private func stretches(_ html: String) throws -> [[(x: Double, y: Double)]] {
    let path = try #require(html.firstMatch(of: /class="curve twin" d="([^"]*)"/)?.output.1)
    return path.split(separator: "M").map { stretch in
      stretch.split(separator: "L").map { point in
        let numbers = point.split(separator: " ").compactMap { Double($0) }
        return (numbers[0], numbers[1])
      }
    }
  }

  @Test("two rows however far apart are one straight line; what is no number is a gap")
  func gaps() throws {
    let line = try stretches(html([0, 1, 2, 1000], [0, 0, 0, 998]))
    #expect(line.count == 1)
    let points = try #require(line.first)
    let (first, last) = (try #require(points.first), try #require(points.last))
    for point in points {
      let share = (point.x - first.x) / (last.x - first.x)
      // Rows 1 and 2 are a pixel's fraction from the line.
      #expect(abs(point.y - (first.y + share * (last.y - first.y))) < 0.5)
    }
    #expect(try stretches(html([0, 10, 20, 30, 40], [1, 2, .nan, 2, 1])).count == 2)
  }

  @Test("two rows of one time are an upright jump, up and down")
  func jumps() throws {
    let points = try #require(
      try stretches(html([0, 300, 300, 700, 700, 1000], [0, 0, 1, 1, 0, 0])).first)
    let middle = ((points.map(\.y).min() ?? 0) + (points.map(\.y).max() ?? 0)) / 2
    let crossings = zip(points, points.dropFirst()).filter {
      ($0.y - middle) * ($1.y - middle) < 0
    }
    #expect(crossings.count == 2)
    for (from, to) in crossings { #expect(abs(from.x - to.x) < 0.15) }
  }

  @Test("no excursion vanishes: one bad row among many thousands is drawn")
  func excursions() throws {
    let times = (0..<50_000).map(Double.init)
    var values = times.map { _ in 1.0 }
    let passes600 = /text-anchor="end"[^>]*>600</
    #expect(html(times, values).firstMatch(of: passes600) == nil)
    values[31_313] = 777
    #expect(html(times, values).firstMatch(of: passes600) != nil)
  }

  @Test("a band has its edges, and nothing at all is said plainly")
  func band() {
    #expect(html([0, 1], [0, 1], halfWidths: [1, 1]).contains("class=\"band\""))
    #expect(html([], []).contains("Nothing to draw"))
    #expect(html([0], [.nan]).contains("Nothing to draw"))
  }
}
