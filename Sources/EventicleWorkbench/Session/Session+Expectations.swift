import EventicleCore

extension Session {
  /// `expect …`: returns a problem when the world is not as the tape expects.
  func check(_ located: Located<Expectation>) throws(LanguageError) -> Reply {
    var reply = Reply()
    let problem: String?
    switch located.value {
    case .count(let filter, let test): problem = checkCount(filter, test, located.value)
    case .value(let selector): problem = checkValue(selector, located.value)
    case .timer(let timer, let due): problem = checkTimer(timer, due)
    case .missing(let selector): problem = checkMissing(selector)
    case .error(let pattern): problem = checkError(pattern)
    }
    reply.problem = problem.map { Reply.Problem($0) }
    reply.message = problem == nil ? "as expected" : ""
    return reply
  }

  private func checkCount(
    _ filter: FilterExpression, _ test: ValueTest, _ expectation: Expectation
  ) -> String? {
    let look = moment
    let folds = StateFolds(look)
    var count = 0
    for number in 1..<(shown.log.count + 1) {
      guard goesOn(WorkProgress("counting events", done: number, of: shown.log.count)) else {
        return "Ended by you before all events were counted."
      }
      let facts = EventFacts(Position(number), folds)
      if filter.isAll || facts.map(filter.matches) ?? false { count += 1 }
    }
    guard !test.matches(.int(count)) else { return nil }
    return "Expected \(expectation), but there \(count == 1 ? "is" : "are") \(count)."
  }

  private func checkValue(_ selector: Selector, _ expectation: Expectation) -> String? {
    guard let test = selector.test, let path = selector.path else { return nil }
    guard let subject = subject(selector) else {
      return "Expected \(expectation), but there is no \(Session.name(of: selector))."
    }
    var value = subject.value(at: path)
    if selector.kind == .saga, path.steps.count == 1,
      let instance = selector.id.flatMap({ shown.sagas.find(selector.name, $0) })
    {
      switch path.steps[0] {
      case .member("ended"): value = .bool(instance.hasEnded)
      case .member("steps"): value = .int(instance.steps)
      default: break
      }
    }
    guard !test.matches(value) else { return nil }
    guard let value else {
      let fields = (subject.object?.keys ?? []).joined(separator: ", ")
      return "Expected \(expectation), but there is no \(path); there are \(fields)."
    }
    return "Expected \(expectation), but it is \(value)."
  }

  private static func name(of selector: Selector) -> String {
    Selector(selector.kind, selector.name, id: selector.id, timer: selector.timer).description
  }

  /// The value that a selector finds in the world at the cursor; `nil` when there is none.
  private func subject(_ selector: Selector) -> JSON? {
    switch (selector.kind, selector.id) {
    case (.aggregate, let id?), (.change, let id?):
      moment.aggregate(AggregateKey(selector.name, DomainID(id)))?.state
    case (.aggregate, nil), (.change, nil):
      shown.histories.count(of: selector.name) > 0 ? .emptyObject : nil
    case (.saga, let id?): shown.sagas.find(selector.name, id)?.data
    case (.saga, nil): shown.sagas.count(of: selector.name) > 0 ? .emptyObject : nil
    case (.view, let id?): shown.record(RecordKey(selector.name, id))?.content
    case (.view, nil): shown.recordCount(of: selector.name) > 0 ? .emptyObject : nil
    case (.timer, _): timer(selector).map { Summary.timer($0, in: shown) }
    case (.event, _), (.command, _), (.stream, _), (.error, _), (.failure, _), (.refusal, _):
      (1..<(cursor.entry.number + 1)).contains {
        fits(JournalIndex($0), selector, nil)
      } ? .emptyObject : nil
    }
  }

  private func timer(_ selector: Selector) -> Timer? {
    guard let id = selector.id else {
      var found: Timer?
      shown.timers.forEach { timer in
        guard selector.isNamed(timer.key.owner.saga) else { return true }
        found = timer
        return false
      }
      return found
    }
    // A selector with an instance must name the timer too.
    guard let name = selector.timer else { return nil }
    return shown.timers.timer(TimerKey(shown.owner(selector.name, id), name))
  }

  private func checkTimer(_ reference: TimerReference, _ due: Interval) -> String? {
    let selector = Selector(
      .timer, reference.saga?.name ?? "", id: reference.saga?.key, timer: reference.name)
    guard let timer = timer(selector) else {
      return "Expected T \(reference) in \(due), but it is not armed."
    }
    let left = timer.due - shown.clock
    return left == due ? nil : "Expected T \(reference) in \(due), but it is due in \(left)."
  }

  private func checkMissing(_ selector: Selector) -> String? {
    guard let subject = subject(selector) else { return nil }
    if let path = selector.path {
      guard let value = subject.value(at: path) else { return nil }
      if let test = selector.test, !test.matches(value) { return nil }
      return "Expected missing \(selector), but it is \(value)."
    }
    return "Expected missing \(selector), but it is there."
  }

  private func checkError(_ pattern: TextPattern?) -> String? {
    guard let lastProblem else {
      return "Expected an error in the line before, but it did what it says."
    }
    guard let pattern, !pattern.matches(lastProblem) else { return nil }
    return "Expected an error with \(pattern.text), but it was: \(lastProblem)"
  }
}
