internal import HashTreeCollections

/// Parked work by number and by the work itself; copies share.
struct ParkedTable: Sendable {
  private var work = TreeDictionary<Int, Parked>()
  private var numbers = TreeDictionary<Work, Int>()

  init() {}

  /// The number of parked pieces of work.
  var count: Int { work.count }

  /// All parked work, in no particular order.
  var values: [Parked] { Array(work.values) }

  /// The work parked under a number.
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

  /// The entry for the same work: the same consumer, event and instance.
  subscript(same work: Work) -> Parked? {
    numbers[work.place].flatMap { self.work[$0] }
  }
}

extension Work {
  /// The work without the parts that may differ when it comes again.
  var place: Work {
    guard case .delivery(let delivery, let instance) = self else { return self }
    return .delivery(
      Delivery(
        position: delivery.position, consumer: delivery.consumer, cause: JournalIndex(0)),
      instance: instance)
  }
}
