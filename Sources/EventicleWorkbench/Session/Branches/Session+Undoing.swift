import EventicleCore

extension Session {
  /// `undo`: takes back the last line that changed something; what it did is kept as a fork.
  ///
  /// What has left the process, such as a mail, is not taken back.
  mutating func undo() throws(BranchError) -> String {
    guard used.keeper == nil else { throw .isKept(used.branch.name) }
    guard let index = used.tape.lastChange else { throw .nothingToUndo(used.branch.name) }
    rewritten += 1
    if let edit = used.beforeEdits.last, edit.line == index {
      let line = used.tape.lines[index]
      let undone = used.undone
      used = edit.branch
      used.undone = undone + [line]
      return "undone: \(line) · what happened is as it was · now \(timeline.name(of: cursor))"
    }
    let (tape, wasHeld) = (used.tape, isHeld)
    let (before, heldBefore) = tape.place(ofLine: index)
    let name = freeName("undo")
    let moment = timeline.moment(of: before)
    let steps = timeline.stepCount(after: moment.entry, upTo: timeline.last)
    try fork(name, at: timeline.headCursor)
    let line = tape.lines[index]
    used.cut(to: moment, line: index)
    // Later lines that only set stops or hold the engine are still so.
    let later = (index + 1..<tape.lines.count).filter { isSetting(tape.lines[$0]) }
    let wasChanged = later.contains { tape.place(ofLine: $0).isHeld != wasHeld }
    isHeld = wasChanged ? wasHeld : heldBefore
    for place in later {
      used.tape.append(
        tape.lines[place], timeline.last...timeline.last, held: tape.place(ofLine: place).isHeld)
    }
    // It left where the branch goes on now, and what was cut off is its own.
    if let place = others.firstIndex(where: { $0.branch.name == name }) {
      others[place].branch.origin = Branch.Origin(parent: used.branch.name, moment: moment)
      others[place].tape = tape.inherited(upTo: index)
      others[place].beganHeld = heldBefore
    }
    handOver(forksAfter: moment, to: name)
    used.undone.append(line)
    return "undone: \(line) · \(steps) \(steps == 1 ? "step" : "steps") taken back, kept as fork "
      + "\(name) · now \(timeline.name(of: cursor))"
  }

  /// `redo`: runs the line again that was undone last.
  mutating func redo() throws(BranchError) -> Reply {
    guard let line = used.undone.popLast() else { throw .nothingToRedo(used.branch.name) }
    // Any line of a person's own ends what could be done again.
    let rest = used.undone
    let reply = run(line)
    used.undone = rest
    return reply
  }

  /// Whether a line sets nothing but stops, or whether deliveries wait.
  private func isSetting(_ line: String) -> Bool {
    guard let parsed = try? Instruction.parse(line, names: DomainNames(momentAtHead)) else {
      return false
    }
    return parsed.allSatisfy { instruction in
      switch instruction {
      case .stop, .hold, .release, .live: true
      default: false
      }
    }
  }

  /// A name such as `undo-3` that no branch has.
  private func freeName(_ word: String) -> String {
    let taken = Set(order + unmade.map(\.name))
    var number = 1
    while taken.contains("\(word)-\(number)") { number += 1 }
    return "\(word)-\(number)"
  }

  /// Forks that left the branch in use at what it has no longer are forks of the one that has it.
  private mutating func handOver(forksAfter moment: TimeCursor, to name: String) {
    var moved: [String] = []
    for place in others.indices where others[place].branch.name != name {
      guard let origin = others[place].branch.origin, origin.parent == used.branch.name,
        origin.moment.entry > moment.entry
      else { continue }
      others[place].branch.origin = Branch.Origin(parent: name, moment: origin.moment)
      others[place].unedited = others[place].unedited.map {
        Branch.Origin(parent: name, moment: $0.moment)
      }
      moved.append(others[place].branch.name)
    }
    // A parent stands before its forks.
    if let first = order.firstIndex(where: { moved.contains($0) }) {
      order.removeAll { $0 == name }
      order.insert(name, at: first)
    }
  }
}

extension SessionBranch {
  /// Goes back to a moment for good.
  fileprivate mutating func cut(to moment: TimeCursor, line: Int) {
    branch.cut(to: moment)
    tape.cut(to: line)
    marks = marks.upTo(moment)
    stops = stops.upTo(moment.entry)
    passedStop = nil
    (passed, lastImport) = (nil, nil)
    metrics = EngineMetrics(of: branch.timeline, upTo: moment, in: branch.engine.world)
    taped = branch.engine.world.clock
  }
}
