// What the guard reads from outside, under libFuzzer: the first byte chooses the decoder. Built by
// `lockstep-prove fuzz` only.
import Guard
import Quantities

@_silgen_name("LLVMFuzzerRunDriver")
private func run(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
enum FuzzGuard {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    _ = run(&count, &arguments, fuzz)
  }
}

/// One input; libFuzzer looks for it by this name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  guard let choice = input.first else { return 0 }
  let rest = Array(input.dropFirst())
  switch choice % 5 {
  case 0: reply(rest)
  case 1: plan(rest)
  case 2: orders(rest)
  case 3: latch(rest)
  default: whole(rest)
  }
  return 0
}

/// Request and expected reply by their lengths, then whatever came in.
private func reply(_ input: [UInt8]) {
  guard input.count > 3 else { return }
  let framing: SafePlan.Framing = input[0] & 1 == 0 ? .rtu : .tcp
  let shortest = framing == .rtu ? 4 : 8
  let lengths = (max(Int(input[1]) % 32, shortest), max(Int(input[2]) % 32, shortest))
  let rest = input.dropFirst(3)
  guard rest.count >= lengths.0 + lengths.1 else { return }
  let request = Array(rest.prefix(lengths.0))
  let expected = Array(rest.dropFirst(lengths.0).prefix(lengths.1))
  let received = Array(rest.dropFirst(lengths.0 + lengths.1))
  let exchange = SafePlan.Exchange(
    purpose: "", request: request, reply: expected,
    replyMask: expected.map { $0 & 1 == 0 ? 0xFF : 0 }, replyTimeoutMilliseconds: 1,
    gapMilliseconds: 0, attempts: 1)
  let match = ReplyMatch.find(exchange, request: request, framing: framing, in: received)
  // What is found came in, is as long as expected and agrees where the mask says so.
  if case .found(let reply) = match {
    precondition(reply.count == expected.count)
    for i in (framing == .tcp ? 2 : 0)..<reply.count {
      precondition((reply[i] ^ expected[i]) & exchange.replyMask[i] == 0)
    }
  }
}

/// A plan under a right checksum: what is taken can be carried out and comes back as it went.
private func plan(_ content: [UInt8]) {
  let blob = SealedBlob.seal(content, magic: "LSSP", version: 2)
  guard let plan = try? SafePlan.decode(blob) else { return }
  precondition((try? plan.encoded()) == blob)
  for device in plan.watch {
    precondition(device.exchanges.allSatisfy { $0.request.count >= 4 })
  }
}

private func orders(_ content: [UInt8]) {
  let blob = SealedBlob.seal(content, magic: "LSGO", version: 1)
  guard let orders = try? GuardOrders.decode(blob) else { return }
  precondition((try? orders.encoded()) == blob)
}

private func latch(_ text: [UInt8]) {
  let record = LatchRecord(text: String(decoding: text, as: UTF8.self), bench: "b")
  let again = LatchRecord(text: record.text, bench: "b")
  // Line ends within a value become spaces, and spaces before it are dropped: after that it stays.
  let third = LatchRecord(text: again.text, bench: "b")
  precondition(third.text == again.text && again.currentIsGone == record.currentIsGone)
}

/// Without a right checksum.
private func whole(_ input: [UInt8]) {
  _ = try? SafePlan.decode(input)
  _ = try? GuardOrders.decode(input)
}
