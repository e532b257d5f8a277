extension Eventicle {
  /// Goes on with another declaration of the domain and delivers what follows; see
  /// ``Engine/adopt(_:)``.
  ///
  /// Subscriptions stay. A new view has read the whole history when this returns.
  ///
  /// - Returns: What is different now.
  /// - Throws: ``DomainError`` when a declaration cannot work, in which case nothing has changed;
  ///   ``OperationError`` when a handler calls it, when the engine was shut down, or when
  ///   deliveries follow each other without end.
  @discardableResult
  public func adopt(_ domain: Domain) throws -> AdoptReport {
    var report = AdoptReport()
    try reconfigure("adopt another domain", as: .reconcile) { engine in
      let (step, changes) = try engine.adopt(domain)
      report = changes
      return step
    }
    return report
  }

  /// Performs what the program behind the domain asks for, and answers it.
  ///
  /// - Returns: The lines that the program has written.
  /// - Throws: ``OperationError`` when a handler calls it, or when the engine was shut down.
  @discardableResult
  public func perform(host: any DomainHost) throws -> [LogLine] {
    var lines: [LogLine] = []
    for request in host.take() {
      switch request {
      case .log(let line): lines.append(line)
      case .look(let body): body(world)
      case .adopt(let domain, let reply):
        do { reply(.success(try adopt(domain))) } catch let error as DomainError {
          reply(.failure(error))
        }
      case .input(let input, let reply):
        let asked = "serve \(input.action.phrase(in: world))"
        reply(try performNow(asked, as: input.action) { $0.perform(input) })
      }
    }
    return lines
  }
}
