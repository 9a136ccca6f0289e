// Files that a user writes, under libFuzzer: a value or an error, never a trap. Built by
// `lockstep-prove fuzz` only.
import Profiles

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
