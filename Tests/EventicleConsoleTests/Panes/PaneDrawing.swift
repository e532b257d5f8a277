@testable import EventicleConsole

extension Model {
  /// Draws one pane alone in a rectangle, with all its requested folds done.
  func draw(
    _ pane: PaneID, in rect: Rect, focused: Bool = false, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    guard let row = PaneTable[pane] else { return }
    row.draw(
      folded(for: pane, in: rect.inset(by: 1).size), rect, focused, &canvas, &meter)
  }

  /// The model with all folds that a pane requests for a size.
  func folded(for pane: PaneID, in inside: Size) -> Model {
    var model = self
    let wanted = model.folds.ask(PaneTable[pane]?.folds(model, inside) ?? [])
    var runner = FoldRunner(model.moment)
    var answers: [FoldRequest: FoldAnswer] = [:]
    for request in wanted { answers[request] = runner.answer(request) }
    model.folds.take(answers)
    return model
  }
}
