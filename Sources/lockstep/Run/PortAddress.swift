import Drivers
import Profiles
import Quantities
import Transports

/// Where an instrument is reached: a serial device or a TCP socket on this machine.
enum PortAddress: Equatable, CustomStringConvertible {
  case serial(String)
  case loopback(UInt16)

  /// `NAME=PATH` options, by instrument.
  static func overrides(_ options: [String], bench: BenchFile) throws -> [String: PortAddress] {
    var result: [String: PortAddress] = [:]
    for option in options {
      guard let sign = option.firstIndex(of: "="), sign != option.startIndex,
        let address = PortAddress(String(option[option.index(after: sign)...]))
      else {
        throw CommandFailure(
          status: 2,
          message: "--port \(option): NAME=/dev/... or NAME=127.0.0.1:PORT is allowed")
      }
      let name = String(option[..<sign])
      guard bench.instrument(name) != nil else {
        let names = bench.instruments.map(\.name).joined(separator: ", ")
        throw CommandFailure(
          status: 2,
          message: "--port \(option): no instrument \"\(name)\" on this bench: \(names) are there")
      }
      guard result.updateValue(address, forKey: name) == nil else {
        throw CommandFailure(status: 2, message: "--port \(name) is given twice: once is allowed")
      }
    }
    return result
  }

  /// Nil unless `text` is an absolute path or `127.0.0.1:PORT`.
  init?(_ text: String) {
    if text.hasPrefix("/") {
      self = .serial(text)
    } else if text.hasPrefix("127.0.0.1:"), let port = UInt16(text.dropFirst(10)), port > 0 {
      self = .loopback(port)
    } else {
      return nil
    }
  }

  /// Where the bench file says, or nil for a port of a rig that must be given on the command line.
  init?(_ port: BenchInstrument.Port) {
    switch port {
    case .rig: return nil
    case .device(let path): self = .serial(path)
    case .tcp(let host, let port): self.init("\(host):\(port)")
    }
  }

  var description: String {
    switch self {
    case .serial(let path): path
    case .loopback(let port): "127.0.0.1:\(port)"
    }
  }

  var framing: SafePlan.Framing {
    if case .loopback = self { .tcp } else { .rtu }
  }

  /// Who is behind it, without opening it. A socket must be a rig's.
  func origin(_ recognition: RigRecognition) throws -> RigRecognition.Origin {
    do {
      switch self {
      case .serial(let path): return try recognition.origin(serial: path)
      case .loopback(let port):
        try recognition.requireRig(loopback: port)
        return .rig
      }
    } catch { throw CommandFailure(status: 2, message: "\(error)") }
  }

  /// Opens the port, whose `origin` was asked before.
  func open(_ profile: InstrumentProfile) throws -> OpenPort {
    switch self {
    case .serial(let path):
      guard let serial = profile.transport.serial else {
        throw CommandFailure(
          status: 2, message: "port \(path): \(profile.file) has no serial settings")
      }
      return try OpenPort.serial(path: path, format: SerialFormat(serial))
    case .loopback(let port): return try OpenPort.loopback(port: port)
    }
  }
}
