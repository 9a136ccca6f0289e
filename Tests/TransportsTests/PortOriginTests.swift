import Foundation
import Glibc
import Testing
import Transports

@Suite("Who is behind a port is the kernel's word, not the port's")
struct PortOriginTests {
  /// A folder as /sys/dev/char, in which `number` (major:minor) is a terminal with hardware behind it.
  private func withDevices(
    _ number: String, subsystem: String = "tty", hardware: Bool = true,
    _ body: (RigRecognition) throws -> Void
  ) throws {
    let files = FileManager.default
    let root = files.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? files.removeItem(atPath: root) }
    try files.createDirectory(atPath: "\(root)/\(number)", withIntermediateDirectories: true)
    if hardware {
      try files.createDirectory(
        atPath: "\(root)/\(number)/device", withIntermediateDirectories: true)
    }
    try files.createSymbolicLink(
      atPath: "\(root)/\(number)/subsystem", withDestinationPath: "../../class/\(subsystem)")
    try body(RigRecognition(executable: "/bin/bash", command: "rig", devices: root))
  }

  @Test("SAF-001: a character device that the kernel lists as a terminal with hardware is real")
  func hardware() throws {
    // /dev/null is 1:3 on every Linux; the folder says it were a terminal.
    try withDevices("1:3") { recognition throws in
      let origin = try recognition.origin(serial: "/dev/null")
      #expect(origin == .hardware)
    }
    try withDevices("1:3", hardware: false) { recognition in
      #expect(throws: PortError.self) { try recognition.origin(serial: "/dev/null") }
    }
    try withDevices("1:3", subsystem: "mem") { recognition in
      #expect(throws: PortError.self) { try recognition.origin(serial: "/dev/null") }
    }
    try withDevices("1:5") { recognition in
      #expect(throws: PortError.self) { try recognition.origin(serial: "/dev/null") }
    }
  }

  @Test("SAF-001: a pseudo-terminal of another program is never taken for hardware")
  func pretender() throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 64)
    try #require(openpty(&master, &slave, &name, nil, nil) == 0)
    defer {
      close(master)
      close(slave)
    }
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    let index = path.split(separator: "/").last.map(String.init) ?? ""
    // Even where the kernel's folder were to list it.
    try withDevices("136:\(index)") { recognition in
      #expect(throws: PortError.self) { try recognition.origin(serial: path) }
    }
  }
}
