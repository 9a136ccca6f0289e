import Glibc

/// Two connected descriptors: `client` for the line under test, `peer` for the device's side.
enum Wire: String, CaseIterable, Sendable {
  case socketPair, pseudoTerminal

  func open() throws -> (client: Int32, peer: Int32) {
    switch self {
    case .socketPair:
      var ends: [Int32] = [-1, -1]
      let status = socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
      guard status == 0 else { throw WireError(errno: errno) }
      return (ends[0], ends[1])
    case .pseudoTerminal:
      let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      // TIOCSPTLCK: what unlockpt(3) does, which Swift does not see.
      var locked: Int32 = 0
      guard master >= 0, ioctl(master, 0x4004_5431, &locked) == 0 else {
        throw WireError(errno: errno)
      }
      // TIOCGPTPEER (Linux 4.13): the other end without its name, which may not be mounted here.
      let slave = ioctl(master, 0x5441, O_RDWR | O_NOCTTY)
      guard slave >= 0 else { throw WireError(errno: errno) }
      var settings = termios()
      tcgetattr(slave, &settings)
      cfmakeraw(&settings)
      tcsetattr(slave, TCSANOW, &settings)
      return (slave, master)
    }
  }
}

struct WireError: Error {
  var errno: Int32
}
