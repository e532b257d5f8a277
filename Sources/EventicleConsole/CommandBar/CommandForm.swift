import EventicleCore
import EventicleWorkbench

/// A command as a form: one row for each of its arguments.
struct CommandForm: Hashable, Sendable {
  /// An argument, as far as it is filled in.
  struct Field: Hashable, Sendable {
    let name: String
    let kind: CommandField.Kind
    let isRequired: Bool
    /// What counts when nothing is filled in; `nil` for nothing.
    let standard: String?
    /// The type of the aggregate whose id it is.
    let idOf: String?
    var editor: LineEditor
  }

  let command: String
  let stream: StreamName
  var fields: [Field]
  /// The field with the caret.
  var index = 0
  /// What fits into that field, and which of it is chosen.
  var choices: [CompletionCandidate] = []
  var choice: Int?
  /// Why the form cannot be carried out yet.
  var problem: String?
  /// What the filled form would do, once it was tried.
  var notice: PreviewNotice?
  /// What was tried last.
  var trial: CommandBarModel.Trial?

  /// The most choices that are offered for a field.
  static let mostChoices = 5

  /// Makes a form of a command with what is known of its data; `nil` for a command without
  /// declared arguments.
  init?(_ command: Command, _ data: JSON) {
    guard !command.fields.isEmpty else { return nil }
    self.command = command.type
    stream = command.stream
    fields = command.fields.map { field in
      let value = data[field.name]
      return Field(
        name: field.name, kind: field.kind, isRequired: field.isRequired,
        standard: field.standard.map { $0.string ?? $0.description }, idOf: field.idOf,
        editor: LineEditor(value.isNull ? "" : value.string ?? value.description))
    }
    index = fields.firstIndex { $0.isRequired && $0.editor.characters.isEmpty } ?? 0
  }

  /// The field with the caret.
  var field: Field { fields[index] }

  /// The required fields that are empty.
  var missing: [Field] { fields.filter { $0.isRequired && $0.editor.characters.isEmpty } }

  /// The command line that the form stands for: `DispatchShipment shipmentId=ship-1`.
  var line: String {
    ([command] + fields.compactMap { $0.item }).joined(separator: " ")
  }
}

extension CommandForm.Field {
  /// The field in a command line; `nil` when it is empty.
  var item: String? {
    let text = editor.text
    guard !text.isEmpty else { return nil }
    let isJSON =
      switch kind {
      case .text: false
      case .number, .array: true
      case .any: (try? JSON(parsing: text)) != nil
      }
    return FieldHint(name, isRequired: isRequired, isText: !isJSON).assignment
      + (isJSON ? text : Quoting.word(text))
  }
}
