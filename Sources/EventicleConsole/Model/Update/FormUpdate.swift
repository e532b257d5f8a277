import EventicleCore
import EventicleWorkbench

/// Keys while a command is filled in as a form.
enum FormUpdate {
  /// Opens the form of a line that is one command and lacks arguments; `nil` for other lines.
  static func form(for line: String, _ moment: MomentView) -> CommandForm? {
    guard let parsed = try? Instruction.parse(line, names: DomainNames(moment)), parsed.count == 1,
      case .dispatch(let request) = parsed[0], request.isPlain,
      let command = moment.domain.command(request.command.value)
    else { return nil }
    let data = request.items.dataSoFar
    let names = command.fields.map(\.name)
    guard (data.object?.keys ?? []).allSatisfy({ names.contains($0) }),
      var form = CommandForm(command, data), !form.missing.isEmpty
    else { return nil }
    offer(in: &form, moment)
    return form
  }

  /// Handles a key.
  static func press(_ key: KeyPress, _ form: CommandForm, _ model: inout Model) -> [Effect] {
    var form = form
    switch (key.code, key.modifiers) {
    case (.escape, _), (.character("c"), .control):
      model.overlay = nil
      BarUpdate.open(.command, text: form.line, &model)
      return []
    case (.enter, _):
      if let choice = form.choice {
        take(choice, &form)
        move(by: 1, &form, model.moment)
      } else if let first = form.missing.first {
        form.problem = "\(first.name) is required and still empty; fill it in, or Esc goes back."
        form.index = form.fields.firstIndex(of: first) ?? form.index
        offer(in: &form, model.moment)
      } else {
        return run(form.line, &model)
      }
    case (.backtab, _), (.tab, .shift): move(by: -1, &form, model.moment)
    case (.tab, _):
      if let choice = form.choice { take(choice, &form) }
      move(by: 1, &form, model.moment)
    case (.down, _) where !form.choices.isEmpty: choose(by: 1, &form)
    case (.up, _) where form.choice != nil: choose(by: -1, &form)
    case (.down, _): move(by: 1, &form, model.moment)
    case (.up, _): move(by: -1, &form, model.moment)
    default: edit(key, &form, model.moment)
    }
    model.overlay = .form(form)
    return []
  }

  /// Inserts pasted text into the field with the caret; never runs the command.
  static func paste(_ text: String, _ form: CommandForm, _ model: inout Model) {
    var form = form
    form.fields[form.index].editor.insert(PastedText.oneLine(text, .search))
    offer(in: &form, model.moment)
    model.overlay = .form(form)
  }

  private static func run(_ line: String, _ model: inout Model) -> [Effect] {
    model.overlay = nil
    let remembered = model.history.remember(line, .command)
    // A refusal opens the line again.
    model.submitted = CommandBarModel(kind: .command, text: line)
    return (remembered.map { [.remember(.command, $0)] } ?? []) + [.run(line)]
  }

  private static func move(by step: Int, _ form: inout CommandForm, _ moment: MomentView) {
    form.index = (form.index + step + form.fields.count) % form.fields.count
    form.problem = nil
    offer(in: &form, moment)
  }

  private static func choose(by step: Int, _ form: inout CommandForm) {
    guard let choice = form.choice else {
      form.choice = 0
      return
    }
    let next = choice + step
    form.choice = next < 0 ? nil : min(next, form.choices.count - 1)
  }

  private static func take(_ choice: Int, _ form: inout CommandForm) {
    guard form.choices.indices.contains(choice) else { return }
    form.fields[form.index].editor.set(form.choices[choice].text)
    form.choice = nil
  }

  private static func edit(_ key: KeyPress, _ form: inout CommandForm, _ moment: MomentView) {
    let before = form.field.editor.characters
    if form.fields[form.index].editor.press(key) == .tooLong {
      form.problem = CommandBarModel.tooLong.message
    }
    guard form.field.editor.characters != before else { return }
    form.problem = nil
    offer(in: &form, moment)
  }

  /// Offers the ids that fit into the field with the caret.
  private static func offer(in form: inout CommandForm, _ moment: MomentView) {
    let field = form.field
    let typed = field.editor.text
    let found = SessionCompletion(moment).ids(
      forField: field.name, ofCommand: form.command, prefix: typed,
      limit: CommandForm.mostChoices)
    form.choice = nil
    form.choices = found.count == 1 && found[0].text == typed ? [] : found
  }
}
