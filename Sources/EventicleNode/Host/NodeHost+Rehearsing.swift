internal import EventicleCore

extension NodeHost: HandlerProgram {
  /// Why handlers cannot run until the code is corrected; `nil` while they can.
  package var trouble: String? { lock.with { currentTrouble?.description } }

  /// Handlers that are called from now on run in the child of a branch.
  package func enter(branch: String?) { lock.with { self.branch = branch } }

  /// Runs a body during which handlers are called in a child of their own, which has what the code
  /// has after loading; adapters are not called.
  package func rehearse<Result>(_ body: () throws -> Result) rethrows -> Result {
    try lock.with {
      if rehearsing.depth == 0, rehearsing.child == nil {
        do throws(NodeError) {
          let child = try started(verifying: true)
          rehearsing.child = child
          try finishLoading(child)
        } catch {
          lastDeath = error
        }
      }
      rehearsing.depth += 1
      defer {
        rehearsing.depth -= 1
        if rehearsing.depth == 0 {
          if let child = rehearsing.child {
            keepLines(of: child)
            child.kill()
          }
          rehearsing.child = nil
        }
      }
      return try body()
    }
  }

  /// Whether the work is only tried, so that nothing may reach the outside.
  var isRehearsing: Bool { rehearsing.depth > 0 }
}
