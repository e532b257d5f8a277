internal import EventicleCore
internal import Synchronization

extension EngineExecutor {
  /// Goes on with another declaration of the domain.
  func adopt(_ domain: Domain) -> Result<AdoptReport, DomainError> {
    catchUp()
    let result: Result<AdoptReport, DomainError>
    do throws(DomainError) {
      let (step, report) = try engine.adopt(domain)
      watchdog.adopt(domain)
      let readers = StreamReaders(engine)
      currentReaders.withLock { $0 = readers }
      record(step, of: RecordedInput(.reconcile, by: .program))
      settle()
      result = .success(report)
    } catch {
      result = .failure(error)
    }
    log.adopted(result)
    return result
  }

  /// Does what the program behind the domain asks for; returns the calls that answer it.
  func serveDomainHost() -> [Answer] {
    guard let domainHost, connection == .connected else {
      source = nil
      return []
    }
    var replies: [Answer] = []
    for request in domainHost.take() {
      switch request {
      case .log(let line): log.wrote(line)
      case .look(let body): body(engine.world)
      case .adopt(let domain, let reply):
        let result = adopt(domain)
        replies.append { _ in reply(result) }
      case .input(let input, let reply):
        catchUp()
        var step = take(input)
        if !settle(), step.problem == nil {
          step.problem = EngineError.endless(deliveries: Limits.cascadeDeliveries).description
        }
        replies.append { [step] fault in
          reply(fault.map { Step(failing: $0) } ?? step)
        }
      }
    }
    if source?.descriptor != domainHost.readableDescriptor {
      source = domainHost.readableDescriptor.map { descriptor in
        DescriptorSource(descriptor, on: queue) { [weak self] in self?.wake() }
      }
    }
    return replies
  }
}
