import EventicleCore
import EventicleWorkbench

/// Passes inputs to panes and carries out their requests.
enum PaneUpdate {
  /// Passes an input to a pane and carries out its requests.
  ///
  /// - Returns: `nil` when the pane does not handle the input.
  static func send(
    _ input: PaneInput, to pane: PaneID, _ model: inout Model
  ) -> [Effect]? {
    PaneTable[pane]?.update(input, &model).map { perform($0, &model) }
  }

  /// Passes an input to every pane.
  static func sendToAll(_ input: PaneInput, _ model: inout Model) {
    for row in PaneTable.rows { _ = send(input, to: row.id, &model) }
  }

  /// Changes the tail and carries out its requests.
  static func changeTail<Problem: Error>(
    _ model: inout Model,
    _ body: (inout TailModel, PaneContext) throws(Problem) -> [PaneRequest]
  ) throws(Problem) -> [Effect] {
    let context = model.context(of: .tail)
    return perform(try body(&model.tail, context), &model)
  }

  /// Carries out a pane's requests.
  static func perform(_ requests: [PaneRequest], _ model: inout Model) -> [Effect] {
    requests.flatMap { perform($0, &model) }
  }

  private static func perform(_ request: PaneRequest, _ model: inout Model) -> [Effect] {
    switch request {
    case .run(let line): return [.run(line)]
    case .jump(let entry): return JumpUpdate.jump(to: entry, &model)
    case .open(let subject):
      JumpUpdate.remember(&model)
      SubjectUpdate.open(subject, &model)
    case .focus(let pane):
      JumpUpdate.remember(&model)
      FocusUpdate.focus(pane, &model)
    case .filter(let text):
      JumpUpdate.remember(&model)
      let effects = try? changeTail(&model) { tail, context throws(LanguageError) in
        try TailPane.find(only: text, &tail, context)
      }
      FocusUpdate.focus(.tail, &model)
      return effects ?? []
    case .perform(let action): return Update.perform(action, &model)
    case .openFile(let path): return QuestionUpdate.open(path, force: false, &model)
    case .prompt(let kind, let text): BarUpdate.open(kind, text: text, &model)
    case .report(let message): model.message = message
    case .seek: return SeekUpdate.seek(&model)
    case .stand(let entry): return SeekUpdate.stand(on: entry, &model)
    case .follow: SubjectUpdate.follow(&model)
    }
    return []
  }
}
