public import Quantities

/// What is known of one kind of device: enough to drive it, and nothing that is not known.
///
/// Read from `profiles/instruments/*.toml`. Every index into `values` is checked at load.
public struct InstrumentProfile: Sendable, Hashable {
  /// Which register says what the device is.
  public struct Identity: Sendable, Hashable {
    /// Index of the value.
    public var value: Int
    /// Raw values of devices that this profile describes.
    public var allowed: [Int]
  }

  /// What the device can take at most, by its data sheet; nil: unknown.
  public struct Rating: Sendable, Hashable {
    /// Highest voltage.
    public var voltage: Volts?
    /// Largest magnitude of current.
    public var current: Amperes?
    /// Largest power.
    public var power: Watts?
  }

  /// A scale that depends on what another register reads.
  public struct ScaleRule: Sendable, Hashable {
    /// How the register makes the scale.
    public enum Form: Sendable, Hashable {
      /// Its raw value to units per count; any other is a device that is not known.
      case cases([Int: Double])
      /// Units per count are its value over this number: a nominal value, and the counts that stand
      /// for it.
      case fraction(over: Double)
    }

    /// Index of the deciding value.
    public var by: Int
    /// How it decides.
    public var form: Form

    /// Units per count when the deciding value reads `number`; nil: not known, do not drive it.
    public func scale(at number: Double) -> Double? {
      switch form {
      case .cases(let cases): return Int(exactly: number).flatMap { cases[$0] }
      case .fraction(let over): return number > 0 && number.isFinite ? number / over : nil
      }
    }
  }

  /// Registers that the device is known to answer as a whole, so that one read may run over
  /// addresses that are not declared.
  public struct ReadableRange: Sendable, Hashable {
    /// Read function, 1 to 4.
    public var function: Int
    /// Addresses, inclusive.
    public var addresses: ClosedRange<Int>
  }

  /// One reading that the device delivers.
  public struct Delivery: Sendable, Hashable {
    /// How values make a reading; indices into the profile's values.
    public enum Form: Sendable, Hashable {
      /// The value itself.
      case value(Int)
      /// 1 when any of the values is not 0, or when the value `fallen` reads 0 though it was switched
      /// on and nobody switched it off; else 0.
      case any([Int], fallen: Int?)
      /// The magnitude, negative when the sign is not 0.
      case signed(magnitude: Int, sign: Int)
    }

    /// Name of the reading, as in `thermo.t1`.
    public var name: String
    /// What makes it.
    public var form: Form
    /// Unit of the reading.
    public var unit: String

    /// Indices of the values that must be read for it.
    public var values: [Int] {
      switch form {
      case .value(let index): [index]
      case .any(let indices, let fallen): indices + (fallen.map { [$0] } ?? [])
      case .signed(let magnitude, let sign): [magnitude, sign]
      }
    }
  }

  /// Addresses that no step may ever write.
  public struct Denials: Sendable, Hashable {
    /// Holding registers.
    public var registers: [ClosedRange<Int>]
    /// Coils.
    public var coils: [ClosedRange<Int>]
  }

  /// The file as it was named.
  public var file: String
  /// The file's bytes, for the journal.
  public var bytes: [UInt8]
  /// Maker.
  public var vendor: String
  /// Model or family.
  public var model: String
  /// What it does on a bench.
  public var kind: InstrumentKind
  /// How well the facts are established.
  public var confidence: String
  /// Where the facts come from.
  public var sources: [String]
  /// What surprises.
  public var quirks: [String]
  /// What no source says.
  public var unknown: [String]
  /// What the device does when nobody talks to it any more.
  public var commsLoss: String
  /// Its data sheet's limits.
  public var rating: Rating
  /// How to recognise it; nil: no register is known, and any device that answers is taken.
  public var identity: Identity?
  /// How it is reached.
  public var transport: BusTransport
  /// What it wants in time.
  public var timing: BusTiming
  /// Everything declared in its address space, in the file's order.
  public var values: [DeclaredValue]
  /// Scales by name.
  public var scales: [String: ScaleRule]
  /// Where batches may run over gaps.
  public var readable: [ReadableRange]
  /// Never to be written.
  public var denials: Denials
  /// What it delivers, in the file's order.
  public var channels: [Delivery]
  /// Checks boot state, takes remote control, turns everything off.
  public var open: [ProcedureStep]
  /// Arms the device's own limits.
  public var arm: [ProcedureStep]
  /// Makes it safe.
  public var safe: [ProcedureStep]
  /// Gives the panel back.
  public var close: [ProcedureStep]
  /// Steps of each command.
  public var commands: [CommandName: [ProcedureStep]]

  /// Index of the value called `name`, or nil.
  public func valueIndex(named name: String) -> Int? { values.firstIndex { $0.name == name } }
  /// Index of the channel called `name`, or nil.
  public func channelIndex(named name: String) -> Int? { channels.firstIndex { $0.name == name } }

  /// The limits that `arm` wants from the envelope, in the order of `StepArgument.limits`.
  public var limitsToArm: [StepArgument] {
    let named = Set(arm.flatMap(\.arguments))
    return StepArgument.limits.filter(named.contains)
  }
}
