import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// Strangers on the wire see what our own drivers see.
  @Suite("Interoperation", .serialized)
  struct InteropTests {
    private static let mbpoll = "/usr/bin/mbpoll"

    @Test("mbpoll reads the supply's output voltage as the journal has it")
    func supplyVoltage() throws {
      #expect(
        FileManager.default.isExecutableFile(atPath: Self.mbpoll), "mbpoll is not installed")
      let bench = try LoopBench(rigWords: [])
      let address = try #require(bench.ports["psu-tcp"]).split(separator: ":")
      let run = try bench.run(try bench.protocolFile(["Rest for 5 hours"]))
      try #require(Patience.until { (bench.latestTruth.rows.last?.pace ?? 0) > 600 })
      // Registers from 0 as in the frames; one reading of the output voltage in steps of 10 mV.
      let poll = Process()
      poll.executableURL = URL(filePath: Self.mbpoll)
      poll.arguments = [
        "-m", "tcp", "-p", String(address[1]), "-a", "1", "-0", "-r", "10", "-c", "1", "-t", "4",
        "-1", "-q",
        String(address[0]),
      ]
      let output = Pipe()
      poll.standardOutput = output
      try poll.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      poll.waitUntilExit()
      let text = String(decoding: data, as: UTF8.self)
      #expect(poll.terminationStatus == 0, "\(text)")
      let match = try #require(text.firstMatch(of: #/\[10\]:\s+(\d+)/#), "\(text)")
      let register = try #require(Int(match.1))
      run.send(2)
      #expect(run.end() == 130, "\(run.error)")
      let counts = try bench.journal().rows(
        "SELECT DISTINCT CAST(round(source_voltage_volt * 100) AS INTEGER) FROM samples WHERE scan > 100"
      )
      #expect(counts.contains { $0 == ["\(register)"] }, "\(register) is none of \(counts)")
    }
  }
}
