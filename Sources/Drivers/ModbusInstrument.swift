/// The name from when every device spoke Modbus; for callers that open a `ModbusLine` themselves.
public typealias ModbusInstrument = ProfiledInstrument
