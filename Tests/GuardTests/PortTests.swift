import CRealtime
import Foundation
import Testing
import Transports

/// Which ports may be opened, and how they are.
@Suite struct PortTests {
  /// bash under another name for its first argument: runs the script `command`, which waits for its
  /// standard input to end, holding `descriptor`.
  private final class Process {
    let pid: Int32
    private let input: Int32
    let folder = NSTemporaryDirectory() + "rig-\(UUID().uuidString)"

    init(holding descriptor: Int32, command: String) throws {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      var ends: [Int32] = [0, 0]
      try require(lockstep_pipe(&ends) == 0)
      let script = folder + "/" + command
      try "read -t 600 -u \(ends[0])\n".write(toFile: script, atomically: true, encoding: .utf8)
      // The shell enters the folder, so that the first argument is the bare word.
      let words = ["sh", "-c", "cd \"$0\" && exec /bin/bash \"$1\"", folder, command]
      var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
      let kept = [descriptor, ends[0]]
      pid = lockstep_spawn("/bin/sh", &arguments, kept, 2)
      for argument in arguments { free(argument) }
      close(ends[0])
      input = ends[1]
      try require(pid > 0)
      // The shell has become bash once /proc says so.
      while try Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline"))
        != Data("/bin/bash\0\(command)\0".utf8)
      { sched_yield() }
    }

    func end() {
      close(input)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  private let recognition = RigRecognition(executable: "/bin/bash", command: "rig")

  private func pty() throws -> (master: Int32, path: String) {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var index: Int32 = 0
    var locked: Int32 = 0
    try require(ioctl(master, unlockSlave, &locked) == 0)
    try require(ioctl(master, indexOfSlave, &index) == 0)
    return (master, "/dev/pts/\(index)")
  }

  @Test("SAF-001 a terminal is a rig's only if its master is held by this program run as `rig`")
  func terminals() throws {
    let (master, path) = try pty()
    let (other, otherPath) = try pty()
    defer { for descriptor in [master, other] { close(descriptor) } }
    // The master is held here, by a process that is no rig.
    #expect(throws: PortError.self) { try recognition.requireRig(serial: path) }
    let rig = try Process(holding: master, command: "rig")
    try recognition.requireRig(serial: path)
    #expect(throws: PortError.self) { try recognition.requireRig(serial: otherPath) }
    #expect(throws: PortError.self) { try RigRecognition().requireRig(serial: path) }
    rig.end()
    #expect(throws: PortError.self) { try recognition.requireRig(serial: path) }
    let claimant = try Process(holding: master, command: "rigs")
    #expect(throws: PortError.self) { try recognition.requireRig(serial: path) }
    claimant.end()
    for path in ["/dev/null", "/dev/tty", "/nonexistent", "", "/etc/passwd"] {
      let error = #expect(throws: PortError.self) { try recognition.requireRig(serial: path) }
      #expect(error?.description.contains("neither served by a rig of this lockstep nor") == true)
    }
  }

  @Test("SAF-001 a network port is a rig's only if a rig listens on it")
  func network() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try require(bind(listener, $0, size) == 0 && listen(listener, 1) == 0)
        try require(getsockname(listener, $0, &size) == 0)
      }
    }
    let port = UInt16(bigEndian: address.sin_port)
    #expect(throws: PortError.self) { try recognition.requireRig(loopback: port) }
    let rig = try Process(holding: listener, command: "rig")
    try recognition.requireRig(loopback: port)
    let connection = try OpenPort.loopback(port: port)
    #expect(connection.path == "127.0.0.1:\(port)")
    rig.end()
    #expect(throws: PortError.self) { try recognition.requireRig(loopback: port) }
  }

  @Test("SAF-001 a terminal is opened raw, blocking, once only, and its closing drops no line")
  func serial() throws {
    let (master, path) = try pty()
    defer { close(master) }
    do {
      let port = try OpenPort.serial(
        path: path, format: SerialFormat(baud: 9_600, parity: "E", stopBits: 2))
      var line = termios()
      try require(tcgetattr(port.descriptor, &line) == 0)
      #expect(line.c_cflag & tcflag_t(HUPCL) == 0)
      #expect(
        line.c_cflag & tcflag_t(CSTOPB) != 0 && line.c_cflag & tcflag_t(CSIZE) == tcflag_t(CS8))
      #expect(line.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
      #expect(line.c_oflag & tcflag_t(OPOST) == 0)
      #expect(fcntl(port.descriptor, F_GETFL) & O_NONBLOCK == 0)
      #expect(fcntl(port.descriptor, F_GETFD) & FD_CLOEXEC != 0)
      let error = #expect(throws: PortError.self) {
        _ = try OpenPort.serial(path: path, format: SerialFormat(baud: 9_600))
      }
      #expect(error?.description.contains(path) == true)
    }
    // Its owner gone, the port is free again.
    _ = try OpenPort.serial(path: path, format: SerialFormat(baud: 115_200))
    for format in [
      SerialFormat(baud: 12_345), SerialFormat(baud: 9_600, dataBits: 9),
      SerialFormat(baud: 9_600, parity: "X"), SerialFormat(baud: 9_600, stopBits: 3),
    ] {
      #expect(throws: PortError.self) { _ = try OpenPort.serial(path: path, format: format) }
    }
    for path in ["/dev/null", "/nonexistent", "/etc"] {
      #expect(throws: PortError.self) {
        _ = try OpenPort.serial(path: path, format: SerialFormat(baud: 9_600))
      }
    }
  }
}
