public import Electrochemistry

/// A BPX file as it stands, and the parameters in it: what is read can be written again with
/// nothing lost, User-defined fields and validation records included.
public struct CellDocument: Sendable {
  /// What the models use.
  public let parameters: CellParameters
  let root: JSONValue
  let file: String
  let demands: CellFile.Demands

  /// The document in `bytes`; `file` is its name in errors.
  public init(
    _ bytes: [UInt8], file: String, for demands: CellFile.Demands = .all
  ) throws(ProfileError) {
    try self.init(try JSONParser.parse(bytes, file: file), file: file, for: demands)
  }

  init(_ root: JSONValue, file: String, for demands: CellFile.Demands) throws(ProfileError) {
    self.root = root
    self.file = file
    self.demands = demands
    parameters = try CellFile.parameters(root, file: file, for: demands)
  }

  /// JSON, UTF-8, one key a line: keys in their order, numbers as they were written.
  public var encoded: [UInt8] { Array(root.written().utf8) + [0x0A] }

  /// The document with parameters multiplied, as `CellParameters.scaled` does: numbers, tables and
  /// expressions in it are multiplied, everything else stays.
  ///
  /// A parameter that the file leaves out is 0 (an activation energy, the contact resistance) and
  /// stays out. `active_fraction` multiplies the surface area per volume.
  public func scaled(_ factors: [ParameterName: Double]) throws(ProfileError) -> CellDocument {
    var root = root
    for (name, factor) in factors.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard factor.isFinite, factor > 0 else {
        throw ProfileError(
          file: file, key: name.rawValue, value: "\(factor)", "allowed: a factor above 0")
      }
      root = root.scaling(name.place[...], by: factor)
    }
    return try CellDocument(root, file: file, for: demands)
  }
}
