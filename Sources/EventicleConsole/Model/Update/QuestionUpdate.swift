import EventicleWorkbench

/// Questions before something that could lose work, and their answers.
enum QuestionUpdate {
  /// Handles the key that answers the question; any key but an offered one changes nothing.
  static func press(_ key: KeyPress, _ question: Question, _ model: inout Model) -> [Effect] {
    model.question = nil
    model.message = nil
    switch (question.subject, key) {
    case (.leaving, KeyPress("d")): return [.quit]
    case (.leaving, KeyPress("s")):
      if model.fileName != nil { return [.saveAndQuit(nil, force: false)] }
      BarUpdate.open(.command, text: "wq ", &model)
      return []
    case (.opening(let path), KeyPress("y")): return [.open(path)]
    case (.adopting(let fork), KeyPress("y")): return [.run("adopt! \(Quoting.word(fork))")]
    case (.replacing(let path, let leaves), KeyPress("y")):
      return [leaves ? .saveAndQuit(path, force: true) : .save(path, force: true)]
    case (.overwriting(let file), KeyPress("y")): return [.write(file, force: true)]
    default: return []
    }
  }

  /// Opens a file, after asking if lines would be lost.
  static func open(_ path: String, force: Bool, _ model: inout Model) -> [Effect] {
    guard model.unsavedLines > 0, !force else { return [.open(path)] }
    model.question = .opening(path, model.unsavedLines)
    return []
  }

  /// Attaches to a system, unless lines would be lost.
  static func attach(_ address: String, _ model: inout Model) -> [Effect] {
    guard model.unsavedLines > 0 else { return [.attach(address)] }
    let lines = model.unsavedLines == 1 ? "1 line is" : "\(model.unsavedLines) lines are"
    model.message = StatusMessage(
      "\(lines) not saved; :save FILE first, or undo what is not to be kept", .warning)
    return []
  }

  /// Leaves, after asking if lines would be lost.
  static func leave(_ model: inout Model) -> [Effect] {
    guard model.unsavedLines > 0 else { return [.quit] }
    model.question = .leaving(model.unsavedLines)
    return []
  }
}
