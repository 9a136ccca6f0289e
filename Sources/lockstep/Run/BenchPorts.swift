import Profiles
import Transports

/// Where each instrument of a bench is reached, and who is there; nothing is opened.
struct BenchPorts {
  /// In the order of the bench's instruments.
  let addresses: [PortAddress]
  /// All of them a rig's; else all of them hardware.
  let isRig: Bool
  private let names: [String]

  /// Resolves and looks at every port.
  ///
  /// - Parameter overrides: what the command line says of an instrument.
  init(_ bench: BenchFile, overrides: [String: PortAddress]) throws {
    let recognition = RigRecognition()
    var addresses: [PortAddress] = []
    var origins: [RigRecognition.Origin] = []
    for instrument in bench.instruments {
      guard let address = overrides[instrument.name] ?? PortAddress(instrument.port) else {
        throw CommandFailure(
          status: 2,
          message: "\(bench.path):\(instrument.line): instrument.\(instrument.name).port: "
            + "\"rig\": --port \(instrument.name)=PATH is wanted")
      }
      if let other = addresses.firstIndex(of: address) {
        throw CommandFailure(
          status: 2,
          message: "port \(address): given to \(bench.instruments[other].name) and to "
            + "\(instrument.name): one each is wanted")
      }
      addresses.append(address)
      origins.append(try address.origin(recognition))
    }
    if let real = origins.firstIndex(of: .hardware), let virtual = origins.firstIndex(of: .rig) {
      throw CommandFailure(
        status: 2,
        message: "port \(addresses[real]) is hardware, port \(addresses[virtual]) is a rig's: a "
          + "bench is all of one kind")
    }
    self.addresses = addresses
    isRig = !origins.contains(.hardware)
    names = bench.instruments.map(\.name)
  }

  /// Paths by instrument, for the records.
  var byInstrument: [String: String] {
    Dictionary(
      zip(names, addresses.map { "\($0)" }), uniquingKeysWith: { first, _ in first })
  }
}
