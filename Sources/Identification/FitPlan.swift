public import Electrochemistry
public import Profiles

/// What a plan file says of a fit: which cell to start from, which records, what may change.
public struct FitPlan: Sendable {
  /// One record of the plan, not read yet.
  public struct Record: Sendable, Hashable {
    /// Path below the data folder.
    public var file: String
    /// Held back: only scored, not fitted to.
    public var isHeldBack: Bool
    /// s of the record's clock that are used.
    public var window: ClosedRange<Double>
    /// s without rows that cut it into records of their own; nil: none does.
    public var splitGap: Double?
    /// K; nil: the first row's temperature.
    public var ambient: Double?
    /// V; nil: the first row's voltage.
    public var restedVoltage: Double?
    /// Of the state of charge that the rested voltage tells.
    public var stateOfChargeSD: Double
    /// V.
    public var voltageSD: Double
    /// K.
    public var temperatureSD: Double
    /// See `MeasuredRecord`.
    public var independentRows: Double
    /// s between compared rows.
    public var comparedPeriod: Double
    /// A.
    public var currentTolerance: Double
  }

  /// The plan's file.
  public var path: String
  /// Title of the cell file made.
  public var title: String
  /// Its description.
  public var description: String
  /// What its `References` gain.
  public var references: String
  /// Path of the cell file to start from.
  public var base: String
  /// Numbers of the cell file set before the fit, by section and key.
  public var settings: [CellDocument.Setting]
  /// What may change.
  public var parameters: [FitParameter]
  /// What is measured.
  public var records: [Record]
  /// See `CellFit`.
  public var chargeSD: Double
}

extension FitPlan {
  /// What the fitted file's header says; its references are the base's and the records'.
  public func header(_ base: CellParameters) -> [CellDocument.Setting] {
    [
      .init(place: ["Header", "Title"], text: title),
      .init(place: ["Header", "Description"], text: description),
      .init(place: ["Header", "References"], text: "\(base.references); \(references)"),
    ]
  }
}
