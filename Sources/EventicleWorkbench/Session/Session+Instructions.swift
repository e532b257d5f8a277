import EventicleCore

extension Session {
  /// Performs one command of a line.
  ///
  /// - Throws: ``LanguageError`` at a word that names nothing that exists.
  mutating func perform(_ instruction: Instruction) throws(LanguageError) -> Reply {
    if instruction.changesHistory, let refusal {
      return Reply(problem: Reply.Problem(refusal.description))
    }
    let instruction = try filled(instruction)
    switch instruction {
    case .written(let look, let path, let force): return try write(look, to: path, force: force)
    case .emit(let emission): return try emit(emission)
    case .dispatch(let request): return try dispatch(request)
    case .fire(let timer): return try fire(timer)
    case .clock(let change): return try moveClock(change)
    case .expect(let expectation): return try check(expectation)
    case .step(let count, let unit): return try move(count, unit, .forward)
    case .back(let count, let unit): return try move(count, unit, .backward)
    case .goto(let position): return try go(to: position)
    case .run(let selector, let condition): return try run(to: selector, if: condition)
    case .export(let request): return try export(request)
    case .hold: return hold()
    case .release(let count): return release(count?.value)
    case .live: return goLive()
    case .reload: return reload()
    default:
      if let reply = try intervene(instruction) { return reply }
      if let reply = try keep(instruction) { return reply }
      if let reply = try mark(instruction) { return reply }
      if let reply = try stop(instruction) { return reply }
      if case .forks = instruction { return listBranches() }
      if let reply = try explain(instruction) { return reply }
      if let reply = try look(instruction) { return reply }
      if let reply = try lookAfter(instruction) { return reply }
      return request(instruction)
    }
  }

  /// The request that a verb makes of the surrounding program.
  private func request(_ instruction: Instruction) -> Reply {
    var reply = Reply()
    switch instruction {
    case .pause: reply.requests = [.pause]
    case .filter(let filter, let text): reply.requests = [.filter(filter?.value, text: text)]
    case .find(let pattern): reply.requests = [.find(pattern.value)]
    case .open(let path, let force): reply.requests = [.open(path.value, force: force)]
    case .attach(let address): reply.requests = [.attach(address.value)]
    case .save(let path, let force): reply.requests = [.save(path?.value, force: force)]
    case .backup(let path): reply.requests = [.backup(to: path.value)]
    case .domain(let name): reply.requests = [.domain(name.value)]
    case .shot(let path, let force): reply.requests = [.shot(path.value, force: force)]
    case .importFile(let file): reply.requests = [.importFile(file)]
    case .set(let name, let value): reply.requests = [.set(name.value, value: value?.value)]
    case .theme(let name): reply.requests = [.theme(name?.value)]
    case .mouse(let isOn): reply.requests = [.mouse(isOn)]
    case .demo(let name) where name?.value == Instruction.story: reply.requests = [.story]
    case .present(let what): reply.requests = [.present(SessionRequest.Presenting(what?.value))]
    case .demo(let name):
      if let name, !isSameText(name.value, domain.name) {
        let text = LanguageError.shortened(name.value)
        reply.problem = Reply.Problem(
          "There is no tour of \(text) here; demo takes that of \(domain.name), which is open.",
          column: name.span.column, length: name.span.length)
      } else {
        reply.requests = [.present(.tour)]
      }
    case .quit(let mode): reply.requests = [.quit(mode)]
    default:
      // A verb that nobody carries out must not pass for one that did nothing.
      reply.problem = Reply.Problem("This verb is not carried out here; help lists those that are.")
    }
    return reply
  }

  /// `reload`: lets the program behind the domain load it again.
  private func reload() -> Reply {
    var reply = Reply()
    if let program = engine.program {
      program.reload()
      reply.message = "\(domain.name) is being loaded again"
    } else {
      reply.problem = Reply.Problem(
        "\(domain.name) is part of this program, so there is nothing to load again; a domain in "
          + "JavaScript can be.")
    }
    return reply
  }

  func unknown(
    _ kind: String, _ word: String, among known: [String], at span: Span
  ) -> LanguageError {
    let hint =
      known.isEmpty
      ? "There is none yet."
      : "There \(known.count == 1 ? "is" : "are") \(TypoCorrection.list(known))."
    return LanguageError.unknown(kind, word, at: span, among: known, hint: hint)
  }
}
