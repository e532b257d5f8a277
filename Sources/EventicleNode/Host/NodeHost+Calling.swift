internal import EventicleCore

// Calls of handlers, and what becomes of a child that ends meanwhile.
extension NodeHost {
  /// The child that runs handlers, started and loaded if need be.
  private func ready() throws -> NodeChild {
    if rehearsing.depth > 0 {
      guard let child = rehearsing.child, child.failure == nil else {
        throw lastDeath ?? NodeError.ended
      }
      return child
    }
    if let trouble = currentTrouble { throw trouble }
    if let branch { return try forkChild(branch) }
    if let current, current.isBusy { return current }
    if let current, current.failure == nil {
      if case .loaded = current.stage { return current }
      if current.hasOutsideCalls || current.hasAnsweredCalls { return current }
      try load(current)
      return self.current ?? current
    }
    bury()
    let child = try started()
    current = child
    try load(child)
    return current ?? child
  }

  private func load(_ child: NodeChild) throws {
    do { try finishLoading(child) } catch {
      note(death: error, of: current ?? child, isTold: true)
      throw error
    }
    settle(current ?? child)
  }

  /// Asks the child that runs handlers for something and serves its calls until it answers.
  ///
  /// - Parameters:
  ///   - key: The key of the declaration that the request is for; `nil` for none.
  ///   - members: Writes what the request says besides its operation.
  func call(
    _ operation: JSON, _ key: String?, _ handler: HandlerID, in transaction: Transaction?,
    deadline: Interval?, _ members: (inout MessageWriter) -> Void
  ) throws -> JSON {
    try lock.with {
      let child = try ready()
      if !child.isBusy { burst.count(child.process.pid) }
      if let transaction { feed(child, transaction) }
      let key = key.map { self.key($0, in: child) }
      if let key, !child.declarations.has(key) {
        // Its group goes with the next declaration, and a new one reads history from the beginning.
        if key.hasPrefix("view:") { return .null }
        throw NodeError.notDeclared("\(handler)")
      }
      do {
        let answer = try child.request(operation, handler, in: transaction, (deadline, watch)) {
          if let key { $0.member("d", .string(key)) }
          members(&$0)
        }
        if !child.isBusy { deaths = 0 }
        return answer
      } catch let error as NodeError {
        note(death: error, of: child, isTold: true)
        throw error
      } catch {
        if !child.isBusy { deaths = 0 }
        let script = (error as? ScriptError) ?? (error as? ScriptRefusal)?.error
        if let key, let script { thrown[key] = script }
        if let script, !script.frames.isEmpty, !(error is ScriptRefusal), !isRehearsing {
          keepLines(of: child)
          log.add(
            LogLine(.error, script.sentence, at: script.place, in: handler, frames: script.frames))
        }
        throw error
      }
    }
  }

  /// Notes once that a child has ended.
  ///
  /// - Parameter isTold: Whether somebody hears the error anyway.
  func note(death error: NodeError, of child: NodeChild, isTold: Bool = false) {
    guard !child.isBuried, child.failure != nil || isFailedLoad(error) else { return }
    child.isBuried = true
    child.kill()
    keepLines(of: child)
    guard child === current || child === next || rehearsing.depth == 0 else {
      lastDeath = error
      return
    }
    deaths += 1
    lastDeath = error
    if !isTold { log.add(LogLine(.error, error.description)) }
  }

  private func isFailedLoad(_ error: NodeError) -> Bool {
    if case .notLoaded = error { true } else { false }
  }

  /// Forgets why children have ended, because a new one could be loaded.
  func forgetDeaths() { (deaths, lastDeath) = (0, nil) }

  /// Takes leave of a child that is gone.
  private func bury() {
    guard let child = current else { return }
    keepLines(of: child)
    current = nil
    forks.end()
  }

  /// Keeps what a child has written that goes.
  func keepLines(of child: NodeChild) {
    for line in child.takeLines() { log.add(line) }
  }

  /// Why no child is started any more.
  var currentTrouble: NodeError? {
    guard deaths >= NodeHost.mostDeaths, let lastDeath else { return nil }
    return .keepsFailing(last: lastDeath.description)
  }
}
