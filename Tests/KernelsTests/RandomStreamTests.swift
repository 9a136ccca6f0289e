import Kernels
import Testing

struct RandomStreamTests {
  /// Known answers of the Random123 distribution (kat_vectors, philox 4x32, 10 rounds).
  @Test("Philox gives the published words")
  func knownAnswers() {
    #expect(
      RandomStream.philox(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      RandomStream.philox(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      RandomStream.philox(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test("a stream can be entered anywhere, and seeds and streams differ")
  func position() {
    var stream = RandomStream(seed: 11, stream: 2)
    let words = (0..<9).map { _ in stream.next() }
    var late = RandomStream(seed: 11, stream: 2)
    late.position = 5
    #expect(late.next() == words[5])
    var (other, sibling) = (RandomStream(seed: 12, stream: 2), RandomStream(seed: 11, stream: 3))
    #expect(other.next() != words[0] && sibling.next() != words[0])
  }

  @Test("Gaussian numbers have the moments 0, 1, 0, 3 within four standard errors")
  func moments() {
    var stream = RandomStream(seed: 1)
    let count = 100_000
    var sums = SIMD4<Double>(repeating: 0)
    for _ in 0..<count {
      let g = stream.gaussian()
      sums += SIMD4(g, g * g, g * g * g, g * g * g * g)
    }
    sums /= Double(count)
    let error = 4 / Double(count).squareRoot()
    #expect(abs(sums[0]) < error)
    #expect(abs(sums[1] - 1) < error * 2.0.squareRoot())
    #expect(abs(sums[2]) < error * 15.0.squareRoot())
    #expect(abs(sums[3] - 3) < error * 96.0.squareRoot())
  }
}
