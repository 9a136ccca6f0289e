internal import Protocols
internal import Quantities

extension ProcedureStep {
  /// The steps under `key`; `arguments` are those that they may name.
  static func decode(
    _ table: TomlTable, _ key: String, _ lookup: ValueLookup, _ arguments: [StepArgument]
  ) throws(ProfileError) -> [ProcedureStep] {
    var steps: [ProcedureStep] = []
    for step in try table.tables(key) { steps.append(try decode(step, lookup, arguments)) }
    return steps
  }

  private static func decode(
    _ table: TomlTable, _ lookup: ValueLookup, _ arguments: [StepArgument]
  ) throws(ProfileError) -> ProcedureStep {
    let isCheck = table.contains("check")
    let action =
      if isCheck {
        try check(table, lookup)
      } else if table.contains("limit") {
        try ordered(table, lookup, arguments)
      } else if table.contains("in_turn") {
        try Action.inTurn(RelayPair(table, lookup, terms(table, lookup, arguments)))
      } else {
        try write(table, lookup, arguments)
      }
    let settle =
      isCheck
      ? try table.quantity(ifPresent: "settle", in: Seconds(0.001)...Seconds(10)) : nil
    return ProcedureStep(
      action: action, settle: settle, why: try table.string(ifPresent: "why") ?? "",
      line: table.line)
  }

  // `{ setpoint = { write ... }, limit = { write ... } }`.
  private static func ordered(
    _ table: TomlTable, _ lookup: ValueLookup, _ arguments: [StepArgument]
  ) throws(ProfileError) -> Action {
    let limit = try decode(table.table("limit"), lookup, arguments)
    let setpoint = try decode(table.table("setpoint"), lookup, arguments)
    for (key, step) in [("limit", limit), ("setpoint", setpoint)] {
      guard case .write(let value, _, _) = step.action, lookup.values[value].isReadable else {
        throw table.error(key, "a write of something that can be read is wanted")
      }
    }
    return .ordered(limit: limit, setpoint: setpoint)
  }

  private static func check(_ table: TomlTable, _ lookup: ValueLookup) throws(ProfileError)
    -> Action
  {
    let index = try lookup.index(table, "check", readable: true)
    guard let allowed = try table.numbers(ifPresent: "equals"), !allowed.isEmpty else {
      throw table.error("equals", "missing: the numbers that are allowed are wanted")
    }
    let tolerance = try table.number(ifPresent: "within", in: 0 ... .greatestFiniteMagnitude)
    return .check(value: index, allowed: allowed, tolerance: tolerance ?? 0)
  }

  private static func write(
    _ table: TomlTable, _ lookup: ValueLookup, _ arguments: [StepArgument]
  ) throws(ProfileError) -> Action {
    let index = try lookup.index(table, "write", readable: false)
    let value = lookup.values[index]
    guard value.isWritable else {
      throw table.error(
        "write", "\"\(value.name)\" cannot be written: it has no write function or line to send")
    }
    let terms = try terms(table, lookup, arguments)
    try checkConstant(terms, value, table)
    guard value.writeFunction == 23 else {
      let readBack = try table.bool(ifPresent: "read_back") ?? false
      guard !readBack || value.isReadable else {
        throw table.error("read_back", "\"\(value.name)\" cannot be read")
      }
      return .write(value: index, terms: terms, readBack: readBack)
    }
    let read = try lookup.index(table, "read", readable: true)
    guard lookup.values[read].readFunction == 3 else {
      throw table.error("read", "function 23 reads holding registers: read = 3 is wanted")
    }
    return .exchange(value: index, terms: terms, read: read)
  }

  // `value = 0`, `value = "current"` or `value = "time + duration"`.
  private static func terms(
    _ table: TomlTable, _ lookup: ValueLookup, _ arguments: [StepArgument]
  ) throws(ProfileError) -> [Term] {
    guard let written = table.value(ifPresent: "value") else {
      throw table.error("value", "missing: a number or a name is wanted")
    }
    if let number = written.asNumber { return [.constant(number)] }
    var terms: [Term] = []
    for part in try table.string("value").split(separator: "+") {
      let word = String(part.filter { $0 != " " })
      if let number = Double(word), number.isFinite {
        terms.append(.constant(number))
      } else if let argument = StepArgument(rawValue: word), arguments.contains(argument) {
        terms.append(.argument(argument))
      } else if lookup.values.contains(where: { $0.name == word }) {
        terms.append(.value(try lookup.index(of: word, table, "value", readable: true)))
      } else {
        let names = arguments.map(\.rawValue)
        let list = names.isEmpty ? "a number" : "a number, \(names.joined(separator: ", "))"
        throw table.error("value", "\(list) or a declared value is wanted")
      }
    }
    return terms
  }

  private static func checkConstant(
    _ terms: [Term], _ value: DeclaredValue, _ table: TomlTable
  ) throws(ProfileError) {
    var constants: [Double] = []
    for case .constant(let number) in terms { constants.append(number) }
    guard constants.count == terms.count, let allowed = value.allowedWrites else { return }
    guard allowed.contains(constants.reduce(0, +)) else {
      throw table.error("value", "\(value.name) takes only \(allowed)")
    }
  }
}
