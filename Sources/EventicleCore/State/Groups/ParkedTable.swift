internal import HashTreeCollections

/// Parked work by its number and by what is to be done; copies share.
struct ParkedTable: Sendable {
  private var work = TreeDictionary<Int, Parked>()
  private var numbers = TreeDictionary<Work, Int>()

  init() {}

  /// How much is parked.
  var count: Int { work.count }

  /// All of it, in no order.
  var values: [Parked] { Array(work.values) }

  /// What is parked under a number.
  subscript(number: Int) -> Parked? {
    get { work[number] }
    set {
      if let old = work[number] {
        let place = old.work.place
        if numbers[place] == number { numbers[place] = nil }
      }
      work[number] = newValue
      if let newValue { numbers[newValue.work.place] = number }
    }
  }

  /// What is parked of the same work: of one consumer, one event and one instance.
  subscript(same work: Work) -> Parked? {
    numbers[work.place].flatMap { self.work[$0] }
  }
}

extension Work {
  /// The work without what may be another thing when it comes again.
  var place: Work {
    guard case .delivery(let delivery, let instance) = self else { return self }
    return .delivery(
      Delivery(
        position: delivery.position, consumer: delivery.consumer, cause: JournalIndex(0)),
      instance: instance)
  }
}
