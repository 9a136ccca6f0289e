import Foundation
import Reports
import Testing

@Suite("An ellipse holds 95 % of two normal quantities")
struct ConfidenceEllipseTests {
  @Test("of a diagonal covariance it has its axes at sqrt(5.991) standard deviations")
  func diagonal() throws {
    let ellipse = try #require(ConfidenceEllipse(xx: 4, xy: 0, yy: 0.25))
    let rim = ellipse.rim(points: 400)
    let radius = 5.991.squareRoot()
    #expect(abs((rim.map(\.x).max() ?? 0) - 2 * radius) < 1e-3)
    #expect(abs((rim.map(\.y).max() ?? 0) - 0.5 * radius) < 1e-3)
    // The ends of each axis lie on the other one's zero.
    let right = try #require(rim.max { $0.x < $1.x })
    let top = try #require(rim.max { $0.y < $1.y })
    #expect(abs(right.y) < 1e-9 && abs(top.x) < 1e-9)
  }

  @Test(
    "every point of its rim is at 5.991 by the inverse covariance",
    arguments: [-0.999, -0.5, 0, 0.3, 0.97])
  func rim(correlation: Double) throws {
    let (sx, sy) = (3e-4, 70.0)
    let (xx, xy, yy) = (sx * sx, correlation * sx * sy, sy * sy)
    let ellipse = try #require(ConfidenceEllipse(xx: xx, xy: xy, yy: yy))
    let determinant = xx * yy - xy * xy
    for (x, y) in ellipse.rim() {
      let distance = (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant
      #expect(abs(distance / -2 / log(0.05) - 1) < 1e-6)
    }
  }

  @Test("what has no width or is no number has none")
  func none() {
    #expect(ConfidenceEllipse(xx: 0, xy: 0, yy: 1) == nil)
    #expect(ConfidenceEllipse(xx: 1, xy: .nan, yy: 1) == nil)
    #expect(ConfidenceEllipse(xx: 1, xy: 0, yy: -1) == nil)
  }
}
