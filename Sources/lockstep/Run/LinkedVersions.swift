import Journal
import Transports

/// Versions of the libraries in use, for the journal.
enum LinkedVersions {
  static var all: [String: String] {
    var versions = ["libmodbus": ModbusLine.libraryVersion]
    if let sqlite = JournalWriter.libraryVersion { versions["sqlite"] = sqlite }
    return versions
  }
}
