import Testing
import Verification

/// The judges must be able to say no.
struct OrderTests {
  @Test("an order below theory fails, at theory passes")
  func orders() {
    let first = OrderStudy([8, 16, 32]) { 1 / Double($0) }
    let second = OrderStudy([8, 16, 32]) { 3 / Double($0 * $0) }
    #expect(abs(first.order - 1) < 1e-12 && abs(second.order - 2) < 1e-12)
    #expect(!first.row("", "", theory: 2).passed)
    #expect(second.row("", "", theory: 2).passed)
    #expect(!OrderStudy([8, 16]) { _ in .nan }.row("", "", theory: 2).passed)
  }

  @Test("a figure above its bound fails, and so does one that is no number")
  func bounds() {
    #expect(VerificationRow("", "", 1e-9, atMost: 1e-8).passed)
    #expect(!VerificationRow("", "", -1e-7, atMost: 1e-8).passed)
    #expect(!VerificationRow("", "", .nan, atMost: 1e-8).passed)
    #expect(!VerificationRow("", "", .nan, within: 0...1, theory: "").passed)
  }
}
