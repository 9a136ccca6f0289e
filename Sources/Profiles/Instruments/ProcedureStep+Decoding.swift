extension ProcedureStep {
  /// The steps under `key`; `arguments` are those that they may name.
  static func decode(
    _ table: TomlTable, _ key: String, _ lookup: ValueLookup, _ arguments: [StepArgument]
  ) throws(ProfileError) -> [ProcedureStep] {
    var steps: [ProcedureStep] = []
    for step in try table.tables(key) {
      let action =
        step.contains("check")
        ? try check(step, lookup) : try write(step, lookup, arguments)
      let why = try step.string(ifPresent: "why") ?? ""
      steps.append(ProcedureStep(action: action, why: why, line: step.line))
    }
    return steps
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
    guard let function = value.writeFunction else {
      throw table.error("write", "\"\(value.name)\" cannot be written: it has no write function")
    }
    let terms = try terms(table, lookup, arguments)
    try checkConstant(terms, value, table)
    guard function == 23 else {
      let readBack = try table.bool(ifPresent: "read_back") ?? false
      guard !readBack || value.readFunction != nil else {
        throw table.error("read_back", "\"\(value.name)\" has no read function")
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
      if let argument = StepArgument(rawValue: word), arguments.contains(argument) {
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
    _ terms: [Term], _ value: RegisterValue, _ table: TomlTable
  ) throws(ProfileError) {
    var constants: [Double] = []
    for case .constant(let number) in terms { constants.append(number) }
    guard constants.count == terms.count, let allowed = value.allowedWrites else { return }
    guard allowed.contains(constants.reduce(0, +)) else {
      throw table.error("value", "\(value.name) takes only \(allowed)")
    }
  }
}
