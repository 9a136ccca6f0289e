import Foundation

/// One build that carries every mutant of Safety and Guard; which one is alive is said by
/// `LOCKSTEP_MUTANT` in the environment (mutant schemata: Untch, Offutt, Harrold, ISSTA 1993).
struct MutantBuild {
  let package: ScratchPackage
  private(set) var places: [MutationPlace] = []
  /// Places whose mutants did not compile.
  private(set) var stillborn: [MutationPlace] = []
  private let sources: [String: [UInt8]]

  static let rooms = ["Guard", "Safety"]
  /// Most rounds of leaving out what does not compile.
  private static let mostRounds = 40

  /// - Parameter hash: of the sources; what does not compile is remembered by it.
  init(_ path: String, hash: String) throws {
    package = try ScratchPackage(path, mutated: Self.rooms)
    var sources: [String: [UInt8]] = [:]
    for room in Self.rooms {
      let names = try FileManager.default.contentsOfDirectory(atPath: "Sources/\(room)").sorted()
      for name in names where name.hasSuffix(".swift") {
        let data = try Data(contentsOf: URL(filePath: "Sources/\(room)/\(name)"))
        let file = "\(room)/\(name)"
        sources[file] = Array(data)
        places += SourceMutator(file: file, bytes: Array(data)).places
      }
    }
    self.sources = sources
    number()
    let known = "\(path)/stillborn-\(hash.prefix(12))-\(places.count).txt"
    let numbers = Set(
      ((try? String(contentsOfFile: known, encoding: .utf8)) ?? "").split(separator: " ")
        .compactMap { Int($0) })
    stillborn = places.filter { numbers.contains($0.id) }
    places.removeAll { numbers.contains($0.id) }
    try leaveOutWhatDoesNotCompile()
    try stillborn.map { "\($0.id)" }.joined(separator: " ").writeIfChanged(to: known)
    try build()
  }

  /// Names what was built: sources and numbering.
  var key: String { "\(places.count + stillborn.count)-\(count)" }
  /// Number of mutants.
  var count: Int { places.reduce(0) { $0 + $1.changes.count } }

  /// Numbers never move while places are left out, so that nothing is compiled again for nothing.
  private mutating func number() {
    var next = 1
    for i in places.indices {
      places[i].id = next
      next += places[i].changes.count
    }
  }

  private mutating func leaveOutWhatDoesNotCompile() throws {
    for round in 1...Self.mostRounds {
      let columns = try write()
      let isLast = round == Self.mostRounds
      let errors = try compile(["--target", "Guard"]) + compile(["--target", "Safety"])
      if errors.isEmpty { break }
      var wrong: Set<Int> = []
      for error in errors {
        if let near = nearest(to: error, columns) { wrong.insert(near) }
      }
      guard !wrong.isEmpty, !isLast else {
        throw ProofFailure("mutants: \(errors.prefix(3)) is no mutant's fault")
      }
      stillborn += places.filter { wrong.contains($0.id) }
      places.removeAll { wrong.contains($0.id) }
      print("mutants: round \(round): \(wrong.count) places do not compile")
    }
  }

  private func build() throws {
    let tests = try Child(
      ["swift", "build", "-c", "release", "--build-tests"], in: package.path)
    guard tests.end(within: 1_800) == 0 else {
      throw ProofFailure("mutants: \(tests.output.suffix(3_000))")
    }
  }

  /// The place that an error is laid to: the nearest on its line, or else the statement before it that
  /// may be left out.
  private func nearest(
    to error: Error, _ columns: [(id: Int, file: String, line: Int, column: Int)]
  ) -> Int? {
    let here = columns.filter { $0.file == error.file }
    let onLine = here.filter { $0.line == error.line }
      .min { abs($0.column - error.column) < abs($1.column - error.column) }
    if let onLine { return onLine.id }
    let statements = Set(places.filter { $0.kind == .statement }.map(\.id))
    return here.filter { $0.line < error.line && statements.contains($0.id) }
      .max { $0.line < $1.line }?.id
  }

  private struct Error: CustomStringConvertible {
    var file: String
    var line: Int
    var column: Int
    var description: String
  }

  private func compile(_ what: [String]) throws -> [Error] {
    let child = try Child(["swift", "build"] + what, in: package.path)
    let status = child.end(within: 1_800)
    if status == 0 { return [] }
    let form = #/\/Sources\/(\w+\/[^:\n]+\.swift):(\d+):(\d+): error: ([^\n]*)/#
    let errors = child.output.matches(of: form).compactMap { match -> Error? in
      guard let line = Int(match.2), let column = Int(match.3) else { return nil }
      return Error(
        file: String(match.1), line: line, column: column,
        description: "\(match.1):\(line):\(column): \(match.4)")
    }
    guard !errors.isEmpty else { throw ProofFailure("mutants: \(child.output.suffix(3_000))") }
    return errors
  }

  /// Writes the changed sources and the module of changes; where each place stands in what was written.
  private func write() throws -> [(id: Int, file: String, line: Int, column: Int)] {
    var columns: [(id: Int, file: String, line: Int, column: Int)] = []
    let files = FileManager.default
    for (file, bytes) in sources {
      let here = places.filter { $0.file == file }
      let (text, found) = Self.apply(here, to: bytes)
      columns += found.map { ($0.id, file, $0.line, $0.column) }
      let path = "\(package.path)/Sources/\(file)"
      try files.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.writeIfChanged(to: path)
    }
    try writeModules()
    return columns
  }

  private static func apply(_ places: [MutationPlace], to bytes: [UInt8])
    -> (String, [(id: Int, line: Int, column: Int)])
  {
    let edits = places.flatMap { place in place.edits(place.id).map { (place.id, $0) } }.sorted {
      ($0.1.range.lowerBound, $0.1.rank) < ($1.1.range.lowerBound, $1.1.rank)
    }
    // One line with the first, so that line numbers stay.
    var text = Array("public import Mutants; ".utf8)
    var found: [(id: Int, line: Int, column: Int)] = []
    var (place, line, lineStart) = (0, 1, 0)
    func copy(to end: Int) {
      for byte in bytes[place..<end] {
        text.append(byte)
        if byte == UInt8(ascii: "\n") {
          line += 1
          lineStart = text.count
        }
      }
      place = end
    }
    for (id, edit) in edits {
      copy(to: edit.range.lowerBound)
      found.append((id, line, text.count - lineStart + 1))
      text += Array(edit.text.utf8)
      place = edit.range.upperBound
    }
    copy(to: bytes.count)
    return (String(decoding: text, as: UTF8.self), found)
  }

  private func writeModules() throws {
    let files = FileManager.default
    let c = "\(package.path)/Sources/CMutant"
    let swift = "\(package.path)/Sources/Mutants"
    for folder in [c + "/include", swift] {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try "#pragma once\nint lockstep_mutant(void);\n"
      .writeIfChanged(to: c + "/include/mutant.h")
    try """
    #include "mutant.h"
    #include <stdlib.h>
    static int number;
    __attribute__((constructor)) static void begin(void) {
      const char *text = getenv("LOCKSTEP_MUTANT");
      number = text ? atoi(text) : 0;
    }
    int lockstep_mutant(void) { return number; }

    """.writeIfChanged(to: c + "/mutant.c")
    var text = """
      public \("import") CMutant
      public \("import") Quantities
      @inlinable public func isMutant(_ number: Int) -> Bool { Int(lockstep_mutant()) == number }
      @inlinable public func mutant<T>(
        _ number: Int, _ value: @autoclosure () -> T, _ change: @autoclosure () -> T
      ) -> T { isMutant(number) ? change() : value() }

      """
    for place in places {
      let sign = String(place.changes[0].prefix { $0 != " " })
      if let known = MutantOperator.all[sign], known.kind == place.kind {
        text += known.declaration(place.id)
      }
    }
    try text.writeIfChanged(to: swift + "/Mutants.swift")
  }
}
