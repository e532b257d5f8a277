import EventicleCore

extension Instruction {
  /// Whether it makes, uses or ends a branch.
  var isAboutBranches: Bool {
    switch self {
    case .fork, .use, .discard, .undo, .redo, .revise, .rebuildSagas, .adopt: true
    default: false
    }
  }
}

extension Session {
  /// Performs a verb that makes, uses or ends a branch.
  ///
  /// A line belongs to the branch in which it runs, so these verbs are the whole of a line.
  mutating func perform(
    _ instruction: Located<Instruction>, alone: Bool, line: String
  ) throws(LanguageError) -> Reply {
    guard alone else {
      throw instruction.error(
        "fork, switch, discard, undo, redo, adopt and what changes a fork's history are each a line of "
          + "their own.")
    }
    if instruction.value.changesHistory, let refusal {
      return Reply(problem: Reply.Problem(refusal.description))
    }
    switch instruction.value {
    case .fork(let name, let position):
      let place = if let position { try resolve(position) } else { cursor }
      let (parent, left) = (used.branch.name, timeline.name(of: timeline.moment(of: place.entry)))
      return try change(name) { session throws(BranchError) in
        try session.fork(name.value, at: place)
        try session.switchTo(name.value)
        return "fork \(name.value) left \(parent) at \(left), and \(parent) is untouched; "
          + "switch \(parent) goes back"
      }
    case .use(let name):
      return try change(name) { session throws(BranchError) in
        try session.switchTo(name.value)
        let place = session.timeline.name(of: session.cursor)
        return "\(session.used.branch.isMain ? "main" : "fork \(name.value)"), at \(place)"
      }
    case .discard(let name):
      return try change(name) { session throws(BranchError) in
        try session.discard(name.value)
        return "the fork \(name.value) is discarded"
      }
    case .undo:
      return try change(at: instruction.span) { session throws(BranchError) in
        var reply = Reply()
        reply.message = try session.undo()
        return reply
      }
    case .redo:
      return try change(at: instruction.span) { session throws(BranchError) in
        try session.redo()
      }
    case .revise(let edit):
      return try revise(edit, at: instruction.span, line: line)
    case .rebuildSagas: return try rebuildSagas(at: instruction.span, line: line)
    case .adopt(let name, let isAgreed): return try takeOver(name, isAgreed: isAgreed)
    default: return Reply()
    }
  }

  private mutating func change(
    at span: Span, _ body: (inout Session) throws(BranchError) -> Reply
  ) throws(LanguageError) -> Reply {
    do throws(BranchError) { return try body(&self) } catch {
      throw LanguageError(at: span, error.description)
    }
  }

  private mutating func change(
    _ name: Located<String>,
    _ body: (inout Session) throws(BranchError) -> String
  ) throws(LanguageError) -> Reply {
    do throws(BranchError) {
      var reply = Reply()
      reply.message = try body(&self)
      return reply
    } catch {
      throw name.error(error.description)
    }
  }

  /// `forks`: main and its forks.
  func listBranches() -> Reply {
    let all = branches
    var reply = Reply()
    reply.output = .array(
      all.map { branch in
        var found: JSON = [
          "name": .string(branch.name), "branch": .string(branch.name),
          "head": .string("\(branch.head)"),
          "inUse": .bool(branch.isInUse),
        ]
        if let origin = branch.origin {
          let moment = JSON.string("\(momentName(of: origin))")
          found["parent"] = .string(origin.parent)
          (found["left"], found["at"]) = (moment, moment)
        }
        return found
      })
    let shown = all.prefix(12).map { branch in
      let left = branch.origin.map { " left \($0.parent) at \(momentName(of: $0))," } ?? ""
      return "\(branch.name)\(left) is at \(branch.head)\(branch.isInUse ? ", in use" : "")"
    }
    let rest = all.count - shown.count
    reply.message =
      all.count == 1
      ? "there is no fork; fork NAME makes one"
      : shown.joined(separator: " · ") + (rest > 0 ? " · and \(rest) more" : "")
    return reply
  }

  /// The name of the moment at which a fork left.
  func momentName(of origin: Branch.Origin) -> MomentName {
    let all = others + [used]
    let parent = all.first { $0.branch.name == origin.parent } ?? used
    return parent.branch.timeline.name(of: origin.moment)
  }
}
