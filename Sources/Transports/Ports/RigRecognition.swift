import CRealtime
import Foundation

/// Tells a rig's ports from real ones. Recognised by who serves them, not by what anyone claims: a
/// pseudo-terminal whose master, or a loopback socket whose listener, is held by a process that is this
/// same executable run as `rig`.
public struct RigRecognition: Sendable {
  private let executable: String
  private let command: String
  private let devices: String

  /// Who is behind a port.
  public enum Origin: Sendable, Hashable {
    /// A rig of this lockstep.
    case rig
    /// Serial hardware of this machine, by the kernel's word.
    case hardware
  }

  /// Recognises rigs of the running executable.
  public init() {
    self.init(executable: "/proc/self/exe", command: "rig", devices: "/sys/dev/char")
  }

  /// Recognises processes of `executable` whose first argument is `command`; `devices` is where the
  /// kernel lists character devices.
  package init(executable: String, command: String, devices: String = "/sys/dev/char") {
    self.executable = executable
    self.command = command
    self.devices = devices
  }

  /// Who is behind a terminal, without opening it; refuses one that is neither a rig's nor
  /// hardware, such as a pseudo-terminal of some other program.
  public func origin(serial path: String) throws(PortError) -> Origin {
    if isRig(serial: path) { return .rig }
    guard lockstep_pty_index_of_path(path) < 0, isSerialHardware(path) else { throw refusal(path) }
    return .hardware
  }

  private func isRig(serial path: String) -> Bool {
    let index = lockstep_pty_index_of_path(path)
    return index >= 0 && rigs().contains { holdsMaster($0, index) }
  }

  /// A terminal with a device behind it: consoles, `/dev/tty` and pseudo-terminals have none.
  private func isSerialHardware(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return false }
    // As gnu_dev_major(3) and gnu_dev_minor(3), which Swift does not see.
    let number = UInt64(status.st_rdev)
    let major = number >> 8 & 0xFFF | number >> 32 & ~0xFFF
    let minor = number & 0xFF | number >> 12 & ~0xFF
    let entry = "\(devices)/\(major):\(minor)"
    let files = FileManager.default
    guard files.fileExists(atPath: entry + "/device"),
      let subsystem = try? files.destinationOfSymbolicLink(atPath: entry + "/subsystem")
    else { return false }
    return subsystem.hasSuffix("/tty")
  }

  /// Refuses a terminal that no rig serves, without opening it: opening a real port moves its
  /// modem lines.
  public func requireRig(serial path: String) throws(PortError) {
    guard isRig(serial: path) else { throw refusal(path) }
  }

  /// Refuses a loopback port that no rig listens on.
  public func requireRig(loopback port: UInt16) throws(PortError) {
    let sockets = listeners(on: port)
    guard !sockets.isEmpty,
      rigs().contains(where: { holdsSocket($0, sockets) })
    else { throw refusal("127.0.0.1:\(port)") }
  }

  private func refusal(_ path: String) -> PortError {
    PortError(
      "port \(path): neither served by a rig of this lockstep nor serial hardware of this machine "
        + "(/dev/serial/by-path/...)")
  }

  private func rigs() -> [String] {
    guard let own = identity(of: executable),
      let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc")
    else { return [] }
    return entries.lazy.filter { Int32($0) != nil }.map { "/proc/" + $0 }.filter {
      guard let other = identity(of: $0 + "/exe"), other == own,
        let line = FileManager.default.contents(atPath: $0 + "/cmdline")
      else { return false }
      let arguments = line.split(separator: 0, omittingEmptySubsequences: false)
      return arguments.count > 1 && arguments[1].elementsEqual(command.utf8)
    }
  }

  private struct Identity: Equatable {
    var device: UInt
    var inode: UInt
  }

  private func identity(of path: String) -> Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
  }

  private func descriptors(_ process: String) -> [(number: String, target: String)] {
    let folder = process + "/fd"
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return numbers.compactMap { number in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + number))
        .map { (number, $0) }
    }
  }

  private func holdsMaster(_ process: String, _ index: Int32) -> Bool {
    descriptors(process).contains { number, target in
      guard target.hasSuffix("/ptmx"),
        let info = FileManager.default.contents(atPath: process + "/fdinfo/" + number)
      else { return false }
      return String(decoding: info, as: UTF8.self).split(separator: "\n").contains {
        let words = $0.split { $0 == ":" || $0 == "\t" || $0 == " " }
        return words.count == 2 && words[0] == "tty-index" && Int32(words[1]) == index
      }
    }
  }

  private func holdsSocket(_ process: String, _ sockets: Set<String>) -> Bool {
    descriptors(process).contains { sockets.contains($0.target) }
  }

  /// Sockets that listen on the loopback address or on any, as `socket:[inode]`.
  private func listeners(on port: UInt16) -> Set<String> {
    guard let table = FileManager.default.contents(atPath: "/proc/net/tcp") else { return [] }
    let wanted = String(port, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 4 - wanted.count) + wanted
    var found: Set<String> = []
    for line in String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst() {
      let words = line.split(separator: " ")
      // sl, local address, remote address, state (0A = listening), ..., inode as the tenth.
      guard words.count > 9, words[3] == "0A" else { continue }
      let local = words[1]
      if local == "0100007F:" + padded || local == "00000000:" + padded {
        found.insert("socket:[\(words[9])]")
      }
    }
    return found
  }
}
