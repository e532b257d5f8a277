import EventicleCore
import EventicleWorkbench

/// Lets the line that is being typed be tried, as soon as it or the session is another one.
enum PreviewUpdate {
  /// Asks for a trial of the line, if it was not asked for at this moment.
  static func ask(_ model: inout Model) -> [Effect] {
    guard let bar = model.bar, bar.kind == .command, bar.search == nil else { return [] }
    let head = model.moment.timeline.last
    let trial = CommandBarModel.Trial(line: bar.text, head: head, isHeld: model.isHeld)
    guard bar.trial != trial else { return [] }
    model.bar?.trial = trial
    return Instruction.isTriable(bar.text) ? [.preview(bar.text)] : []
  }

  /// Shows what came of a trial, if the line is still the same.
  static func take(_ notice: PreviewNotice?, of line: String, _ model: inout Model) {
    guard var bar = model.bar, bar.kind == .command, bar.text == line else { return }
    BarPreview.show(notice, in: &bar)
    model.bar = bar
  }
}
