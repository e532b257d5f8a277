public import EventicleCore

extension Session {
  /// Goes on with another declaration of the domain, as after its source was changed.
  ///
  /// Nothing that happened is done again, and the log, records, saga instances and timers stay. The
  /// step in which groups are opened and closed is recorded with the input
  /// ``/EventicleCore/InputAction/reconcile``; then what follows is done, so that a new view reads
  /// the history at once unless deliveries are held. A person who looks at the past goes on looking
  /// at it. Every branch goes on with it, because handlers that are gone cannot be called.
  ///
  /// - Returns: What is different now, in sentences.
  /// - Throws: ``/EventicleCore/DomainError`` when a declaration cannot work; the session is
  ///   unchanged then.
  @discardableResult
  public mutating func adopt(_ domain: Domain) throws(DomainError) -> AdoptReport {
    let report = try adoptHere(domain)
    for place in others.indices {
      swap(&used, &others[place])
      // The branch in use has taken the domain, so nothing is wrong with it.
      _ = try? adoptHere(domain)
      swap(&used, &others[place])
    }
    return report
  }

  /// Goes on with another declaration in the branch in use.
  private mutating func adoptHere(_ domain: Domain) throws(DomainError) -> AdoptReport {
    guard storeRefusal == nil else {
      // The groups are another process's to open and close.
      var trial = engine
      let report = try trial.adopt(domain).report
      engine = try Engine(showing: engine.world, domain, nextEntry: engine.nextEntry)
      return report
    }
    let (step, report) = try engine.adopt(domain)
    _ = followingUp { session in
      session.record(step, of: .reconcile)
      return step
    }
    return report
  }

  /// Goes on with the code of another domain, on the history as it is.
  ///
  /// - Returns: What is different now, or why it cannot be.
  public mutating func change(to domain: Domain) -> (isDone: Bool, sentence: String) {
    if let refusal { return (false, refusal.description) }
    guard used.keeper == nil || domain.name == self.domain.name else {
      return (
        false,
        "The store has the history of \(self.domain.name); opened with --adopt --domain "
          + "\(domain.name) it goes on with that one."
      )
    }
    let before = timeline.count
    do throws(DomainError) {
      let report = try adopt(domain)
      if let fault = keep(nil, from: before) { return (false, fault.description) }
      let sentence = report.sentences.isEmpty ? "the same is declared" : "\(report)"
      return (true, "\(domain.name): \(sentence); verify says whether it does the same")
    } catch { return (false, error.description) }
  }

  /// Performs what the program behind the domain asks for by itself, between two lines.
  ///
  /// Each input is recorded, what follows from it is done, and then it is answered; while
  /// deliveries are held it is answered after its own step. The lines of a person, which a tape can
  /// reproduce, are not among these inputs. While a fork is in use, inputs are refused: what the
  /// program asks for then may come from handlers that ran in the fork, and must not reach main.
  ///
  /// - Returns: What the program has written and declared.
  public mutating func perform(host: any DomainHost) -> HostTurn {
    var turn = HostTurn()
    for request in host.take() {
      switch request {
      case .log(let line): turn.lines.append(line)
      case .look(let body): body(head)
      case .adopt(let domain, let reply):
        do throws(DomainError) {
          let report = try adopt(domain)
          turn.reports.append(report)
          reply(.success(report))
        } catch {
          turn.problems.append(error.description)
          reply(.failure(error))
        }
      case .input(let input, let reply) where !used.branch.isMain:
        let refusal = BranchError.silent(used.branch.name, asked: input.action.phrase(in: head))
        turn.problems.append(refusal.description)
        reply(Step(failing: refusal))
      case .input(_, let reply) where refusal != nil:
        guard let refusal else { break }
        turn.problems.append(refusal.description)
        reply(Step(failing: refusal))
      case .input(let input, let reply):
        turn.inputs += 1
        reply(followingUp { $0.perform(input) })
      }
    }
    return turn
  }

  /// Takes a step that no line asked for, does what follows, and stays where the person looks.
  ///
  /// - Returns: The step; its problem tells of an end without which more would follow.
  private mutating func followingUp(_ body: (inout Session) -> Step) -> Step {
    let (oldCursor, oldShown, wasAtHead) = (cursor, shown, isAtHead)
    var step = body(&self)
    let loop = problem(of: drive(showing: wasAtHead))
    step.problem = step.problem ?? loop
    arrive()
    if !wasAtHead { (cursor, shown) = (oldCursor, oldShown) }
    return step
  }
}

/// What the program behind a domain asked for at one time; see ``Session/perform(host:)``.
public struct HostTurn: Sendable {
  /// The lines that it has written, oldest first.
  public internal(set) var lines: [LogLine] = []
  /// What was different after each declaration of the domain.
  public internal(set) var reports: [AdoptReport] = []
  /// The declarations that cannot work and the inputs that were refused, in sentences.
  public internal(set) var problems: [String] = []
  /// The number of inputs that were performed.
  public internal(set) var inputs = 0
}
