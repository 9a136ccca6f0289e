import Glibc

extension OpenPort {
  /// Connects to a Modbus server on the loopback interface, without delay for small frames.
  public static func loopback(port: UInt16) throws(PortError) -> OpenPort {
    let path = "127.0.0.1:\(port)"
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw PortError("port \(path): socket fails: \(reason(errno))") }
    let open = OpenPort(owning: descriptor, path: path)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw PortError("port \(path): connect fails: \(reason(errno))") }
    var on: Int32 = 1
    guard
      setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size)) == 0
    else { throw PortError("port \(path): TCP_NODELAY fails: \(reason(errno))") }
    return open
  }
}
