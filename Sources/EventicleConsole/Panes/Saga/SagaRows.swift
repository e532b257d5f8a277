import EventicleCore

/// The instances of a saga, or of all sagas in declaration order.
struct SagaRows {
  private let moment: MomentView
  private let sagas: [String]
  private let counts: [Int]

  /// Makes the rows of a saga, or of every saga when the name is `nil`.
  init(_ name: String?, _ moment: MomentView) {
    self.moment = moment
    sagas = name.map { [$0] } ?? moment.domain.sagas.map(\.name)
    counts = sagas.map { moment.world.sagas.count(of: $0) }
  }

  /// The number of rows.
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
