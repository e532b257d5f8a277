import EventicleCore
import EventicleWorkbench

/// A command as a form, drawn above the bottom lines.
enum CommandFormOverlay {
  /// Draws the form at the bottom of a rectangle.
  ///
  /// - Returns: The position of the caret; `nil` when there is no room.
  static func draw(
    _ form: CommandForm, _ domain: Domain, in rect: Rect, on canvas: inout Canvas
  ) -> Point? {
    let columns = min(rect.columns, 100)
    let inner = max(0, columns - 4)
    let (lines, caretRow) = lines(of: form, columns: inner)
    let tail = ending(of: form, domain, columns: inner)
    let rows = min(rect.rows, lines.count + tail.count + 3)
    guard rows > 4, columns > 20 else { return nil }
    let box = Rect(column: rect.column, row: rect.endRow - rows, columns: columns, rows: rows)
    canvas.fill(box, style: CellStyle(.uiText))
    let title =
      "C " + PaneText.data(form.command, limit: 60) + " → "
      + PaneText.data(form.stream.text, limit: 40)
    let inside = canvas.box(
      box, title: title, footer: "Tab next field  Enter runs it  Esc back to the line",
      focused: true)
    let text = inside.split(left: 1).1
    let room = max(0, text.rows - tail.count - 1)
    let top = max(0, min(caretRow - room / 2, lines.count - room))
    canvas.within(text) { canvas in
      for (row, line) in lines.dropFirst(top).prefix(room).enumerated() {
        canvas.draw(line, row: row)
      }
      for (row, line) in tail.enumerated() { canvas.draw(line, row: room + 1 + row) }
    }
    let column = nameColumns(form) + shown(form.field, columns: valueColumns(inner, form)).caret
    guard caretRow - top < room else { return nil }
    return Point(column: text.column + column, row: text.row + caretRow - top)
  }

  // MARK: - Fields

  private static func nameColumns(_ form: CommandForm) -> Int {
    min(24, form.fields.map { PaneText.data($0.name, limit: 24).width }.max() ?? 0) + 2
  }

  private static func valueColumns(_ inner: Int, _ form: CommandForm) -> Int {
    max(8, min(40, (inner - nameColumns(form) - 12) / 2))
  }

  private static func lines(
    of form: CommandForm, columns: Int
  ) -> (lines: [StyledLine], caretRow: Int) {
    var lines: [StyledLine] = []
    var caretRow = 0
    let (names, values) = (nameColumns(form), valueColumns(columns, form))
    for (index, field) in form.fields.enumerated() {
      let isCurrent = index == form.index
      if isCurrent { caretRow = lines.count }
      var line = StyledLine()
      line.add(
        PaneText.data(field.name, limit: 24), isCurrent ? .uiTitleFocus : .uiText, columns: names)
      let text = field.editor.text
      if text.isEmpty, let standard = field.standard {
        line.add(PaneText.data(standard, limit: values), .barGhost, columns: values)
      } else {
        line.add(shown(field, columns: values).text, .barText, columns: values)
      }
      line.add("  ")
      line.add(note(field), field.isRequired && text.isEmpty ? .statusWarn : .uiMuted, columns: 10)
      guard isCurrent, let first = form.choices.first else {
        lines.append(line)
        continue
      }
      line.add("  ▾ ", .uiMuted)
      add(first, isChosen: form.choice == 0, to: &line)
      lines.append(line)
      for (place, choice) in form.choices.enumerated().dropFirst() {
        var more = StyledLine(.spaces(names + values + 16))
        add(choice, isChosen: form.choice == place, to: &more)
        lines.append(more)
      }
    }
    return (lines, caretRow)
  }

  private static func add(
    _ choice: CompletionCandidate, isChosen: Bool, to line: inout StyledLine
  ) {
    let overlay: StyleRole? = isChosen ? .uiSelection : nil
    line.add(PaneText.data(choice.text, limit: 40), .uiText, overlay: overlay)
    if !choice.note.isEmpty {
      line.add(" " + PaneText.data(choice.note, limit: 40), .uiMuted, overlay: overlay)
    }
  }

  private static func note(_ field: CommandForm.Field) -> DisplayText {
    let kind: DisplayText =
      switch field.kind {
      case .number: " number"
      case .array: " […]"
      case .text, .any: ""
      }
    return (field.isRequired ? "required" : "optional") + (field.editor.text.isEmpty ? kind : "")
  }

  /// The part of a value around the caret that fits, and the column of the caret in it.
  private static func shown(
    _ field: CommandForm.Field, columns: Int
  ) -> (text: DisplayText, caret: Int) {
    let line = BarLine(field.editor.characters, caret: field.editor.caret, columns: columns)
    return (
      BarLine.text(field.editor.characters[line.visible]), line.column(of: field.editor.caret)
    )
  }

  // MARK: - The end of the form

  /// What the form would do, what it lacks, and the line that it stands for.
  private static func ending(
    of form: CommandForm, _ domain: Domain, columns: Int
  ) -> [StyledLine] {
    var lines: [StyledLine] = []
    if let problem = form.problem {
      lines += Sentence(problem).wrapped(.statusWarn, columns: columns, most: 2)
    } else if form.missing.isEmpty, let notice = form.notice,
      let preview = PreviewLines(notice, domain, columns: columns)
    {
      lines += preview.lines.dropFirst().prefix(6)
    }
    lines.append(StyledLine(":" + PaneText.data(form.line), .uiMuted))
    return lines
  }
}
