package import EventicleCore

extension Items {
  /// Whether a field or a fact has blanks to fill in.
  package var hasBlanks: Bool {
    fields.contains { $0.value.value.hasBlanks }
      || metadata.contains { if case .template = $0.value { true } else { false } }
  }

  /// The fields and facts with their blanks filled in.
  ///
  /// - Throws: ``LanguageError`` at what cannot be filled in.
  package func filled(_ filler: inout TemplateFiller) throws(LanguageError) -> Items {
    guard hasBlanks else { return self }
    var filled = Items()
    for field in fields {
      let item = field.value
      switch item.value {
      case .json, .file: filled.append(field)
      case .text(let template):
        let text = try filler.text(Located(template, field.span))
        filled.append(Located(Item(item.path, .json(.string(text))), field.span))
      case .template(let template):
        let value = try filler.json(Located(template, field.span))
        filled.append(Located(Item(item.path, .json(value)), field.span))
      }
    }
    for fact in metadata {
      guard case .template(let name, let template) = fact.value else {
        filled.append(fact)
        continue
      }
      let text = try filler.text(Located(template, fact.span))
      do throws(LanguageError) {
        filled.append(Located(try Metadata(name, at: fact.span, SourceText(text)), fact.span))
      } catch {
        throw fact.error(error.message)
      }
    }
    return filled
  }

  /// The data as far as it is known before the line is carried out, for looking at it: blanks are
  /// shown as they are written, and what a file holds is left out.
  package var dataSoFar: JSON {
    let known = mappingFields { field in
      switch field.value {
      case .json: field
      case .text(let template), .template(let template):
        Item(field.path, .json(.string(template.description)))
      case .file: Item(field.path, .json(.null))
      }
    }
    return (try? known.data()) ?? .emptyObject
  }
}

extension ItemValue {
  /// Whether it stands in a file.
  var isFile: Bool { if case .file = self { true } else { false } }

  /// Whether it has blanks to fill in.
  var hasBlanks: Bool {
    switch self {
    case .text, .template: true
    case .json, .file: false
    }
  }
}
