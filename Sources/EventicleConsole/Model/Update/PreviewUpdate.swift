import EventicleCore
import EventicleWorkbench

/// Lets the line that is being typed be tried, as soon as it or the session is another one.
enum PreviewUpdate {
  /// Asks for a trial of the line, if it was not asked for at this moment.
  static func ask(_ model: inout Model) -> [Effect] {
    if case .form(let form) = model.overlay { return ask(form, &model) }
    guard let bar = model.bar, bar.kind == .command, bar.search == nil else { return [] }
    let head = model.moment.timeline.last
    let trial = CommandBarModel.Trial(line: bar.text, head: head, isHeld: model.isHeld)
    guard bar.trial != trial else { return [] }
    model.bar?.trial = trial
    let isTriable =
      bar.reading.flatMap { $0.line == bar.text && $0.head == head ? $0.isTriable : nil }
      ?? Instruction.isTriable(bar.text, names: DomainNames(model.moment))
    if !isTriable { model.bar?.notice = nil }
    return isTriable ? [.preview(bar.text)] : []
  }

  private static func ask(_ form: CommandForm, _ model: inout Model) -> [Effect] {
    let trial = CommandBarModel.Trial(
      line: form.line, head: model.moment.timeline.last, isHeld: model.isHeld)
    guard form.trial != trial else { return [] }
    var form = form
    form.trial = trial
    model.overlay = .form(form)
    return form.missing.isEmpty ? [.preview(form.line)] : []
  }

  /// Shows what came of a trial, if the line is still the same.
  static func take(_ notice: PreviewNotice?, of line: String, _ model: inout Model) {
    if case .form(var form) = model.overlay, form.line == line {
      form.notice = notice
      model.overlay = .form(form)
    }
    guard var bar = model.bar, bar.kind == .command, bar.text == line else { return }
    bar.notice = notice
    BarPreview.show(notice, in: &bar)
    model.bar = bar
  }
}
