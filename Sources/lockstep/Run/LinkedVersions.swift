import Journal
import Transports

/// Versions of the libraries in use, for the journal.
enum LinkedVersions {
  static var all: [String: String] {
    ["libmodbus": ModbusLine.libraryVersion, "sqlite": JournalWriter.libraryVersion]
  }
}
