import Foundation

/// What one process holds, as /proc says.
struct ProcessSample {
  /// Resident memory, MiB.
  var memory: Double
  /// Open descriptors.
  var descriptors: Double

  init?(of process: Int32) {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) }),
      let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
    else { return nil }
    memory = pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    descriptors = Double(open.count)
  }

  /// The process that this one started; nil while there is none.
  static func child(of process: Int32) -> Int32? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.first { other in
      let text = (try? String(contentsOfFile: "/proc/\(other)/stat", encoding: .utf8)) ?? ""
      // The name in brackets may hold anything; after it come state and parent.
      let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 && fields[0] != "Z" && Int32(fields[1]) == process
    }
  }
}
