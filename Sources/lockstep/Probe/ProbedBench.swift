import Drivers
import Glibc
import Guard
import Profiles
import Quantities
import Transports

/// A bench whose instruments were read one after the other. Holds the locks of bench and ports
/// meanwhile, as a run does.
struct ProbedBench {
  let path: String
  /// In the order of the bench's instruments.
  let reports: [ProbeReport]
  let addresses: [String]

  /// Every device answered, or was skipped for a reason, and would be taken.
  var isGood: Bool { reports.allSatisfy { $0.refusals.isEmpty } }

  init(_ name: String, ports: [String], openFirst: Bool) throws {
    let file = try BenchFile(path: ShippedProfiles.locate(kind: .bench, name: name))
    path = file.path
    let overrides = try PortAddress.overrides(ports, bench: file)
    let holder = "probe of \(file.name)"
    var locks = [try OpenBench.lock(.bench(file.name), holder)]
    defer { for lock in locks { close(lock) } }
    var reports: [ProbeReport] = [], addresses: [String] = []
    for instrument in file.instruments {
      guard let address = overrides[instrument.name] ?? PortAddress(instrument.port) else {
        throw CommandFailure(
          status: 2,
          message: "\(file.path):\(instrument.line): instrument.\(instrument.name).port: "
            + "\"rig\": --port \(instrument.name)=PATH is wanted")
      }
      guard !addresses.contains("\(address)") else {
        throw CommandFailure(
          status: 2, message: "port \(address): given to two instruments: one each is wanted")
      }
      var profile = try InstrumentProfile(path: instrument.profile.locate())
      if let unit = instrument.unit { profile.transport.unit = unit }
      locks.append(try OpenBench.lock(.port("\(address)"), holder))
      addresses.append("\(address)")
      reports.append(Self.report(instrument.name, profile, address, openFirst: openFirst))
    }
    (self.reports, self.addresses) = (reports, addresses)
  }

  // A port that does not open says so in its report: the others are read all the same.
  private static func report(
    _ name: String, _ profile: InstrumentProfile, _ address: PortAddress, openFirst: Bool
  ) -> ProbeReport {
    do {
      let port = try open(address, profile)
      let instrument = try ProfiledInstrument(
        name: name, profile: profile, descriptor: port.descriptor, framing: address.framing,
        pacing: .real, limits: ArmedLimits())
      return instrument.probe(openFirst: openFirst)
    } catch {
      return ProbeReport(name: name, profile: profile, refusals: ["\(error)"])
    }
  }

  // No recognition of rigs: reads energise nothing.
  private static func open(_ address: PortAddress, _ profile: InstrumentProfile) throws -> OpenPort
  {
    switch address {
    case .loopback(let port): return try OpenPort.loopback(port: port)
    case .serial(let path):
      guard let serial = profile.transport.serial else {
        throw PortError("port \(path): \(profile.file) has no serial settings")
      }
      return try OpenPort.serial(path: path, format: SerialFormat(serial))
    }
  }
}
