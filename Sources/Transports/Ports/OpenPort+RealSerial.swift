private import CSerialPort
import Glibc

extension OpenPort {
  /// Whether the kernel knows `path` as a serial port; a pseudo-terminal is none, and libserialport
  /// cannot open it.
  static func isRealSerial(_ path: String) -> Bool {
    guard let resolved = realpath(path, nil) else { return false }
    defer { free(resolved) }
    let name = String(cString: resolved).split(separator: "/").last ?? ""
    return access("/sys/class/tty/\(name)", F_OK) == 0
  }

  /// A descriptor of the real port at `path`, configured by libserialport, blocking and close-on-exec.
  ///
  /// C functions: `sp_open`, `sp_set_*`, `sp_get_port_handle`. The library's own handle is closed again:
  /// all bytes flow through the descriptor, as those of a pseudo-terminal do.
  static func realSerial(path: String, format: SerialFormat) throws(PortError) -> Int32 {
    var named: OpaquePointer?
    try check(sp_get_port_by_name(path, &named), path, "finding it")
    guard let port = named else { throw PortError("port \(path): not found") }
    defer { sp_free_port(port) }
    try check(sp_open(port, SP_MODE_READ_WRITE), path, "open")
    defer { sp_close(port) }
    try check(sp_set_baudrate(port, Int32(clamping: format.baud)), path, "\(format.baud) baud")
    try check(
      sp_set_bits(port, Int32(clamping: format.dataBits)), path, "\(format.dataBits) data bits")
    let parity =
      format.parity == "N" ? SP_PARITY_NONE : format.parity == "E" ? SP_PARITY_EVEN : SP_PARITY_ODD
    try check(sp_set_parity(port, parity), path, "parity \(format.parity)")
    try check(
      sp_set_stopbits(port, Int32(clamping: format.stopBits)), path,
      "\(format.stopBits) stop bits")
    try check(sp_set_flowcontrol(port, format.flow.library), path, "flow control \(format.flow)")
    var handle: Int32 = -1
    try check(
      withUnsafeMutablePointer(to: &handle) { sp_get_port_handle(port, $0) }, path, "its handle")
    let descriptor = fcntl(handle, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw PortError("port \(path): dup fails: \(reason(errno))") }
    return descriptor
  }

  private static func check(
    _ status: sp_return, _ path: String, _ what: String
  ) throws(PortError) {
    guard status != SP_OK else { return }
    let code = errno
    let problem =
      switch status {
      case SP_ERR_ARG: "not allowed"
      case SP_ERR_SUPP: "not supported by this system"
      case SP_ERR_MEM: "out of memory"
      default: reason(code)
      }
    throw PortError("port \(path): \(what) fails: \(problem)")
  }
}

extension SerialFormat.Flow {
  fileprivate var library: sp_flowcontrol {
    switch self {
    case .none: SP_FLOWCONTROL_NONE
    case .rtsCTS: SP_FLOWCONTROL_RTSCTS
    case .dtrDSR: SP_FLOWCONTROL_DTRDSR
    }
  }
}
