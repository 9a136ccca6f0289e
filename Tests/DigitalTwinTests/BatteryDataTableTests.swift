import Records
import Testing

@Suite("Battery data file")
struct BatteryDataTableTests {
  private func table(_ text: String) throws -> BatteryDataTable {
    try BatteryDataTable(parsing: Array(text.utf8), name: "d.bdf.csv")
  }

  private let plain = "test_time_second,current_ampere,voltage_volt\n0,0,4.1\n1.50,-2,4.0\n"

  @Test(
    "The same table however it is written",
    arguments: [
      "voltage_volt,test_time_second,current_ampere\n4.1,0,0\n4.0,1.50,-2\n",
      "test_time_second,current_ampere,voltage_volt\r\n0,0,4.1\r\n1.50,-2,4.0\r\n\r\n",
      "\u{FEFF}test_time_second,current_ampere,voltage_volt\n0,0,4.1\n1.50,-2,4.0",
      "\"test_time_second\", current_ampere ,\"voltage_volt\"\n 0,\"0\",4.1\n\"1.50\" , -2,4.0e0\n\n \n",
      "test_time_second,note,current_ampere,voltage_volt\n0,\"a, \"\"b\"\"\nc\",0,4.1\n1.50,,-2,4.0\n",
    ])
  func variants(text: String) throws {
    let read = try table(text)
    #expect(read == (try table(plain)))
    #expect(read.timeText == ["0", "1.50"])
    #expect(read.current == [0, -2])
  }

  @Test("The surface temperature is the named one, else t1, else none")
  func temperature() throws {
    let both =
      "test_time_second,current_ampere,voltage_volt,temperature_t1_celsius,surface_temperature_celsius\n"
      + "0,0,4.1,20,25\n1,0,4.1,21,26\n"
    #expect(try table(both).surfaceTemperature == [25, 26])
    let one = both.replacing("surface_temperature_celsius", with: "other")
    #expect(try table(one).surfaceTemperature == [20, 21])
    #expect(try table(plain).surfaceTemperature == nil)
  }

  @Test(
    "Bad input is refused in one line with its place",
    arguments: [
      ("", "line 1: no header row"),
      ("test_time_second,current_ampere\n0,0\n1,0\n", "line 1: no column 'voltage_volt'"),
      ("a,a\n", "line 1: column 'a' stands twice"),
      ("@\n0,0,4.1\n", "1 data rows"),
      ("@\n0,0,4.1\n1,,4.1\n", "line 3, column 2 'current_ampere': missing value"),
      ("@\n0,0,4.1\n1,0x1,4.1\n", "line 3, column 2 'current_ampere': '0x1' is not a number"),
      ("@\n0,0,4.1\n1,0,4.1V\n", "line 3, column 3 'voltage_volt': '4.1V' is not a number"),
      ("@\n0,0,nan\n", "line 2, column 3 'voltage_volt': 'nan' is not finite"),
      ("@\n0,0,4100\n", "line 2, column 3 'voltage_volt': 4100 is implausible (millivolts?)"),
      ("@,ambient_temperature_celsius\n0,0,4.1,298.15\n", "implausible (kelvin?)"),
      ("@\n0,0,4.1\n1,0\n", "line 3: 2 fields, the header has 3"),
      ("@\n2,0,4.1\n1,0,4.1\n", "line 3, column 'test_time_second': 1.0 s, is before"),
      ("@\n0,0,4.1\n\n1,0,4.1\n", "line 3: blank line between rows"),
      ("@\n0,0,\"4.1\n", "line 2: quote is never closed"),
    ])
  func refused(text: String, message: String) {
    let text = text.replacing("@", with: "test_time_second,current_ampere,voltage_volt")
    let error = #expect(throws: BatteryDataError.self) { try table(text) }
    let line = error?.description ?? ""
    #expect(line.hasPrefix("d.bdf.csv"), "\(line)")
    #expect(line.contains(message), "\(line)")
    #expect(!line.contains("\n"))
  }

  @Test("No bytes make it crash: every truncation and every damaged byte is read or refused")
  func damaged() {
    let bytes = Array(
      ("\u{FEFF}\"test_time_second\",current_ampere,voltage_volt\r\n0,\"0\",4.1\r\n1,-2,4\r\n").utf8
    )
    for index in bytes.indices {
      _ = try? BatteryDataTable(parsing: Array(bytes[..<index]), name: "d")
      for value in [0x00, 0x0A, 0x22, 0x2C, 0x80, 0xFF] as [UInt8] {
        var copy = bytes
        copy[index] = value
        _ = try? BatteryDataTable(parsing: copy, name: "d")
      }
    }
  }
}
