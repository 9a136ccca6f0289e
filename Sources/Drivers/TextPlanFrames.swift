internal import Profiles
internal import Quantities

/// What a text device is told and asked.
struct TextPlanFrames: PlanFrames {
  let terminator: [UInt8]

  var framing: SafePlan.Framing { .text }

  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame {
    let line = value.text?.send ?? ""
    let number = decimal(count, value.text?.decimals ?? 0)
    return PlannedFrame(
      request: Array(line.replacing("{}", with: number).utf8) + terminator, reply: [], mask: [])
  }

  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame? {
    guard let query = value.text?.query else { return nil }
    let count = wanted == 0 ? 0 : wanted / value.constantScale
    guard count.isFinite, abs(count) <= DeclaredValue.largestDecimal else { return nil }
    let reply = Array(decimal(count, 6).utf8) + [UInt8(ascii: "\n")]
    return PlannedFrame(
      request: Array(query.utf8) + terminator, reply: reply,
      mask: Array(repeating: 0xFF, count: reply.count))
  }

  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)? {
    guard let query = value.text?.query else { return nil }
    return (
      PlannedFrame(
        request: Array(query.utf8) + terminator, reply: [UInt8(ascii: "0"), UInt8(ascii: "\n")],
        mask: [0, 0]), 0
    )
  }

  private func decimal(_ number: Double, _ decimals: Int) -> String {
    String(unsafeUninitializedCapacity: 18) { buffer in
      DecimalText.write(number, decimals: decimals, to: buffer)
    }
  }
}
