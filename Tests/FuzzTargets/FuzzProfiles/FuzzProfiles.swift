// Files that a user writes, under libFuzzer: a value or an error, never a trap. Built by
// `lockstep-prove fuzz` only.
import Profiles

@_silgen_name("LLVMFuzzerRunDriver")
private func run(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
enum FuzzProfiles {
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
  guard let choice = input.first,
    let document = try? TomlDocument(bytes: Array(input.dropFirst()), file: "f.toml")
  else { return 0 }
  switch choice % 3 {
  case 0: _ = try? InstrumentProfile(document: document)
  case 1: _ = try? BenchFile(document)
  default: _ = try? LimitsFile(document)
  }
  return 0
}
