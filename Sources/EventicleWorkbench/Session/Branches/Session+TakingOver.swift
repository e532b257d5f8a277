import EventicleCore

extension Session {
  /// `adopt FORK`: does in main what was done in a fork, line by line.
  ///
  /// Main is in use afterwards. Where main has gone on since the fork left, the lines run on top of
  /// it and may come to something else; unless that is agreed, the answer says what would come of it.
  mutating func takeOver(_ name: Located<String>, isAgreed: Bool) throws(LanguageError) -> Reply {
    let parts: [ForkRecipe.Part]
    do throws(BranchError) { parts = try linesToAdopt(name.value) } catch {
      throw name.error(error.description)
    }
    guard parts.contains(where: { if case .line = $0 { true } else { false } }) else {
      throw name.error(
        "\(name.value) has done nothing since it left, so there is nothing to adopt.")
    }
    guard isAgreed else { return proposal(name.value) }
    let before = used.branch.name
    do throws(BranchError) { try switchTo(Branch.mainName) } catch {
      throw name.error(error.description)
    }
    // A fork of what waits begins held, so that its lines were given to a held engine.
    if let fork = branch(name.value), fork.beganHeld, !isHeld, fork.isAtItsOrigin(in: used) {
      _ = run("hold")
    }
    var (done, refused) = (0, 0)
    var first: String?
    let start = timeline.count
    for part in parts {
      switch part {
      case .time(let instant): _ = pass(until: instant)
      case .line(let line):
        let count = timeline.count
        guard let problem = run(line).problem else {
          done += 1
          continue
        }
        refused += 1
        first = first ?? problem.message
        // What was refused is part of what happened; what was not even understood ends it.
        guard timeline.count > count else {
          return Reply(
            problem: Reply.Problem(
              "\(done) \(done == 1 ? "line" : "lines") of \(name.value) done in main; then \(line): "
                + problem.message))
        }
      }
    }
    var reply = Reply()
    reply.message =
      "\(done) \(done == 1 ? "line" : "lines") of \(name.value) done in main, now "
      + "\(timeline.name(of: timeline.headCursor))"
      + (before == Branch.mainName ? "" : " · main is in use again")
      + (first.map { " · ! \(refused) refused: \($0)" } ?? "")
    if timeline.count > start { reply.journal = (start + 1)...timeline.count }
    reply.output = [
      "adopted": .string(name.value), "lines": .int(done), "refused": .int(refused),
    ]
    return reply
  }

  /// What was done in a fork, if it can be done in main.
  private func linesToAdopt(_ name: String) throws(BranchError) -> [ForkRecipe.Part] {
    guard let fork = branch(name) else { throw .unknown(name, known: branches.map(\.name)) }
    guard !fork.branch.isMain else { throw .adoptsFork }
    guard fork.unedited == nil else { throw .isEdited(name) }
    // What a fork of a fork has of its parent main has not.
    guard fork.branch.origin?.parent == Branch.mainName else {
      return try linesToAdopt(fork.branch.origin?.parent ?? "") + fork.tape.own
    }
    return fork.tape.own
  }

  private func branch(_ name: String) -> SessionBranch? {
    ([used] + others).first { $0.branch.name == name }
  }

  /// What adopting a fork would come to, tried in a copy.
  private func proposal(_ name: String) -> Reply {
    var trial = self
    guard var main = branch(Branch.mainName) else { return Reply() }
    let before = ComparedSide(main.branch)
    let held = main.branch.isHeld
    // The copy is a fork, so that nothing leaves the process.
    main = main.fork("trial", at: main.branch.timeline.headCursor)
    main.branch.isHeld = held
    trial.used = main
    var problem: String?
    var lines = 0
    for part in (try? linesToAdopt(name)) ?? [] {
      switch part {
      case .time(let instant): _ = trial.pass(until: instant)
      case .line(let line):
        let refusal = trial.run(line).problem?.message
        problem = problem ?? refusal
        lines += 1
      }
    }
    trial.arrive()
    let fork = branch(name)
    let wentOn = fork.map { !$0.isAtItsOrigin(in: branch(Branch.mainName) ?? used) } ?? false
    let appended = trial.head.log.count - before.world.log.count
    var parts = [
      "\(name) has \(lines) \(lines == 1 ? "line" : "lines"), which \(lines == 1 ? "appends" : "append") "
        + "\(appended) \(appended == 1 ? "event" : "events") to main"
    ]
    if wentOn { parts.append("main has gone on since it left, so they run on top of that") }
    if let problem {
      parts.append(
        "one is refused there: \(problem.hasSuffix(".") ? problem.dropLast() : problem[...])")
    }
    var reply = Reply()
    reply.message = parts.joined(separator: " · ") + " · adopt! \(name) does it"
    reply.output = [
      "fork": .string(name), "lines": .int(lines), "events": .int(appended),
      "mainWentOn": .bool(wentOn), "problem": problem.map { .string($0) } ?? .null,
    ]
    reply.requests = [.agree(toAdopt: name, parts.joined(separator: "; "))]
    return reply
  }
}

extension SessionBranch {
  /// Whether a branch, its parent, has done nothing since it left.
  fileprivate func isAtItsOrigin(in parent: SessionBranch) -> Bool {
    branch.origin?.moment == parent.branch.timeline.headCursor
  }
}
