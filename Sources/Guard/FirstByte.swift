/// When one device's first byte could go and when it went, ns.
package struct FirstByte: Equatable {
  package var device: String
  package var permitted: Int64
  package var sent: Int64

  package init(device: String, permitted: Int64, sent: Int64) {
    self.device = device
    self.permitted = permitted
    self.sent = sent
  }

  /// One line on the first bytes after a death that was seen at `death`.
  package static func line(_ all: [FirstByte], death: Int64) -> String {
    let each = all.sorted { $0.sent < $1.sent }.map {
      "\($0.device) \(Nanoseconds.text($0.sent - death)) "
        + "(permitted at \(Nanoseconds.text($0.permitted - death)))"
    }
    return "first bytes after the death: "
      + (each.isEmpty ? "none" : each.joined(separator: ", "))
  }
}
