private import CSerialPort

/// A serial port that the system has, as libserialport tells of it. Knowing it opens nothing.
public struct SerialPortEntry: Sendable, Hashable {
  /// Path of the device: `/dev/ttyUSB0`.
  public var path: String
  /// What the system calls it; empty: nothing.
  public var description: String
  /// USB vendor and product id; nil: not on USB.
  public var usb: (vendor: Int, product: Int)? {
    vendor.flatMap { vendor in product.map { (vendor, $0) } }
  }
  /// The USB device's serial number; nil: none, or not on USB.
  public var serialNumber: String?
  var vendor: Int?
  var product: Int?
}

extension SerialPortEntry {
  /// All serial ports of the system, by path. Pseudo-terminals are not among them.
  ///
  /// C function: `sp_list_ports`.
  public static func all() throws(PortError) -> [SerialPortEntry] {
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let status = sp_list_ports(&list)
    guard status == SP_OK, let list else {
      throw PortError("serial ports: listing fails with code \(status.rawValue)")
    }
    defer { sp_free_port_list(list) }
    var entries: [SerialPortEntry] = []
    var place = list
    while let port = place.pointee {
      entries.append(entry(port))
      place += 1
    }
    return entries.sorted { $0.path < $1.path }
  }

  private static func entry(_ port: OpaquePointer) -> SerialPortEntry {
    func text(_ chars: UnsafeMutablePointer<CChar>?) -> String? {
      chars.map { String(cString: $0) }
    }
    var entry = SerialPortEntry(
      path: text(sp_get_port_name(port)) ?? "",
      description: text(sp_get_port_description(port)) ?? "")
    var vendor: Int32 = 0, product: Int32 = 0
    if sp_get_port_usb_vid_pid(port, &vendor, &product) == SP_OK {
      (entry.vendor, entry.product) = (Int(vendor), Int(product))
    }
    entry.serialNumber = text(sp_get_port_usb_serial(port))
    return entry
  }
}
