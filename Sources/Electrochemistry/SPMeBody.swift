/// What a model is made of, never changed; a class, so that a copy of the model is one reference
/// and not forty arrays.
final class SPMeBody: Sendable {
  let parameters: CellParameters
  let model: SingleParticleModel
  let thermal: SPMe.Thermal
  let longestSubstep: Double
  let layout: StateLayout
  let negativeMesh: ParticleMesh
  let positiveMesh: ParticleMesh
  let electrolyteMesh: ElectrolyteMesh
  let functions: ModelFunctions
  /// Of each `ParameterName`, in order.
  let values: [Double]
  let coefficients: SPMeCoefficients<Double>

  init(
    _ parameters: CellParameters, model: SingleParticleModel, size: SPMe.MeshSize,
    thermal: SPMe.Thermal, longestSubstep: Double
  ) {
    self.parameters = parameters
    self.model = model
    self.thermal = thermal
    // NaN and nonsense become the shortest that makes sense.
    self.longestSubstep = longestSubstep > 0.001 ? longestSubstep : 0.001
    negativeMesh = ParticleMesh(count: size.shells, stretch: size.stretch)
    positiveMesh = ParticleMesh(count: size.shells, stretch: size.stretch)
    electrolyteMesh =
      model == .spm
      ? ElectrolyteMesh(negative: 0, separator: 0, positive: 0, stretch: 0)
      : ElectrolyteMesh(
        negative: size.negative, separator: size.separator, positive: size.positive,
        stretch: size.electrolyteStretch)
    layout = StateLayout(
      negativeShells: size.shells, positiveShells: size.shells,
      electrolyteCells: electrolyteMesh.count)
    functions = ModelFunctions(parameters)
    let values = ParameterName.allCases.map { parameters[keyPath: $0.path] }
    self.values = values
    coefficients = SPMeCoefficients<Double>(functions: functions) { values[$0.ordinal] }
  }
}
