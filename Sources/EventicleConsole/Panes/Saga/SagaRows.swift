import EventicleCore

/// The instances of a saga, or of all sagas in the order of their declarations.
struct SagaRows {
  private let moment: MomentView
  private let sagas: [String]
  private let counts: [Int]

  /// The rows of a saga; of every one when no name is given.
  init(_ name: String?, _ moment: MomentView) {
    self.moment = moment
    sagas = name.map { [$0] } ?? moment.domain.sagas.map(\.name)
    counts = sagas.map { moment.world.sagas.count(of: $0) }
  }

  /// How many rows there are.
  var count: Int { counts.reduce(0, +) }

  /// The instance in a row.
  func instance(at row: Int) -> SagaInstance? {
    var rest = row
    for (saga, count) in zip(sagas, counts) {
      if rest < count { return moment.world.sagas.instance(of: saga, at: rest) }
      rest -= count
    }
    return nil
  }
}
