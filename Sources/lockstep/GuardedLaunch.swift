import CRealtime
import Glibc
import Guard

/// How `lockstep run` turns into the guard once everything is validated, locked and open.
enum GuardedLaunch {
  /// Becomes `lockstep-guard`, which stands beside this executable, with these orders. Keeps the
  /// process id, standard streams, ports and locks; everything else is closed. Returns only an error, with
  /// nothing started.
  static func become(_ orders: GuardOrders) -> BenchStateError {
    let program: String
    let memory: Int32
    do {
      program = try executable(named: "lockstep-guard")
      memory = try orders.sealed()
    } catch {
      return BenchStateError("\(error)")
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup("\(memory)"), nil]
    let kept = orders.descriptors + [memory]
    let code = lockstep_become(program, &arguments, kept, Int32(kept.count))
    for argument in arguments { free(argument) }
    close(memory)
    return BenchStateError("becoming \(program) fails with errno \(-code)")
  }

  /// Absolute path of a program in the folder of the running executable.
  static func executable(named name: String) throws(BenchStateError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let bytes = buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
    let own = String(decoding: bytes, as: UTF8.self)
    guard let slash = own.lastIndex(of: "/") else {
      throw BenchStateError("/proc/self/exe: cannot be read, errno \(errno)")
    }
    let path = String(own[...slash]) + name
    guard access(path, X_OK) == 0 else {
      throw BenchStateError("\(path): no such program; build both with `make build`")
    }
    return path
  }
}
