import Electrochemistry

/// Where things stand in the state of a cell's filter.
package struct FilterLayout: Sendable, Hashable {
  /// The model's own state, from 0.
  package var physical: Range<Int>
  /// Of the model's own state the last: K.
  package var temperature: Int { physical.upperBound - 1 }
  /// Log-factors of the tracked parameters.
  package var parameters: Range<Int>
  /// Series resistance on top of the file's, Ohm.
  package var resistance: Int { parameters.upperBound }
  /// Offset of the negative open-circuit potential, V.
  package var negativeOffset: Int { parameters.upperBound + 1 }
  /// Offset of the positive open-circuit potential, V.
  package var positiveOffset: Int { parameters.upperBound + 2 }
  /// Voltage that the model cannot explain, V.
  package var discrepancy: Int { parameters.upperBound + 3 }
  /// Offset of the shunt: reading - current, A.
  package var currentOffset: Int { parameters.upperBound + 4 }
  /// Relative error of the shunt's scale: reading = current (1 + scale) + offset.
  package var currentScale: Int { parameters.upperBound + 5 }
  /// Offset of the ambient sensor: reading - ambient, K.
  package var ambientOffset: Int { parameters.upperBound + 6 }
  /// Offsets of the thermometers, K.
  package var thermometers: Range<Int>
  /// Entries beside the model's own state.
  package var ownCount: Int { count - physical.count }
  /// Output index of thermometer `number`, from 0: they follow the model's own outputs.
  static func thermometer(_ number: Int) -> Int { FilteredOutput.allCases.count + number }
  /// Length of the state.
  package var count: Int { thermometers.upperBound }

  init(physical: Int, parameters: Int, thermometers: Int) {
    self.physical = 0..<physical
    self.parameters = physical..<(physical + parameters)
    let first = physical + parameters + 7
    self.thermometers = first..<(first + thermometers)
  }
}
