import Electrochemistry
import Identification
import Kernels
import Testing

/// Records chosen for what they tell against all choices that there are.
struct RecordChoiceLaws {
  private static let parameters: [IdentifiedParameter] = [
    .factor(.negativeDiffusivity), .factor(.positiveDiffusivity), .factor(.contactResistance),
  ]
  private static let priors = [1.0, 0.5, 2]

  /// -1/2 ln of the posterior's determinant, three by three by hand.
  private static func worth(_ all: [FisherInformation], _ places: [Int]) -> Double {
    var m = [Double](repeating: 0, count: 9)
    for place in places { for k in 0..<9 { m[k] += all[place].matrix[k] } }
    for k in 0..<3 { m[4 * k] += 1 / (priors[k] * priors[k]) }
    let determinant =
      m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
      + m[2] * (m[3] * m[7] - m[4] * m[6])
    return 0.5 * Double.logarithm(determinant)
  }

  @Test("three of nine are as good as the best three to a hundredth, and their gains add up")
  func againstAll() {
    for seed in 1...20 as ClosedRange<UInt64> {
      var stream = RandomStream(seed: seed, stream: 5)
      let all = (0..<9).map { _ -> FisherInformation in
        // Two directions each: no record tells all three.
        var matrix = [Double](repeating: 0, count: 9)
        for _ in 0..<2 {
          let scale = 10 * stream.uniform()
          let v = (0..<3).map { _ in scale * stream.gaussian() }
          for a in 0..<3 { for b in 0..<3 { matrix[a * 3 + b] += v[a] * v[b] } }
        }
        return FisherInformation(Self.parameters, matrix: matrix)
      }
      var best = -Double.infinity
      for i in 0..<9 {
        for j in (i + 1)..<9 {
          for k in (j + 1)..<max(j + 2, 9) where k < 9 {
            best = max(best, Self.worth(all, [i, j, k]))
          }
        }
      }
      let choice = RecordChoice(all, priorSDs: Self.priors, count: 3)
      let found = Self.worth(all, choice.chosen)
      #expect(Set(choice.chosen).count == 3)
      #expect(found > best - 0.01 * best.magnitude, "\(seed): \(found) of \(best)")
      let gained = 3 * choice.gains.reduce(0, +)
      #expect((gained - (found - Self.worth(all, []))).magnitude < 1e-9)
    }
  }

  @Test("all are taken where no more are there")
  func all() {
    let none = FisherInformation(Self.parameters)
    let choice = RecordChoice([none, none], priorSDs: Self.priors, count: 5)
    #expect(choice.chosen.sorted() == [0, 1])
    #expect(choice.gains == [0, 0])
  }
}
