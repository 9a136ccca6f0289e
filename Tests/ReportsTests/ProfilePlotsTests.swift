import Reports
import Testing

@Suite("A profile is drawn through what was tried")
struct ProfilePlotsTests {
  private func profile(_ values: [Double], _ rises: [Double]) -> ProfilePlots.Profile {
    ProfilePlots.Profile(
      name: "a", axis: "factor", values: values, rises: rises, interval: 0...1)
  }

  @Test("of a parabola it is the parabola, however few the points")
  func parabola() {
    let values = [-3.0, -1, 0.5, 2, 7]
    let curve = profile(values, values.map { 0.5 * ($0 - 0.5) * ($0 - 0.5) }).curve
    #expect(curve.count > 40)
    for (value, rise) in curve {
      #expect(abs(rise - 0.5 * (value - 0.5) * (value - 0.5)) < 1e-12)
    }
  }

  @Test("it holds every point tried, and nothing of an empty one")
  func points() {
    let (values, rises) = ([1.0, 2, 4], [5.0, 0, 1])
    let curve = profile(values, rises).curve
    for (value, rise) in zip(values, rises) {
      #expect(curve.contains { abs($0.value - value) < 1e-12 && abs($0.rise - rise) < 1e-12 })
    }
    #expect(profile([], []).curve.isEmpty)
  }
}
