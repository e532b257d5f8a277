package import EventicleCore

/// An event to append: `emit orders OrderCreated order-79 total:=59`.
package struct Emission: Hashable, Sendable {
  /// The stream to append to.
  package let stream: Located<StreamName>
  /// The type, given as a word or as `type:T`.
  package let type: Located<EventType>
  /// The domain id, given as a word, as `order-79:{…}` or as `domainId:ID`.
  package let id: Located<DomainID>?
  /// The domain id with blanks to fill in, as `order-{{Count}}`.
  package let idTemplate: Located<TextTemplate>?
  /// The data and metadata.
  package let items: Items
  /// How often to append it.
  package let repetition: Repetition

  /// Whether something in it is different each time.
  package var hasBlanks: Bool { idTemplate != nil || items.hasBlanks }

  /// The emission with its blanks filled in.
  ///
  /// - Throws: ``LanguageError`` at what cannot be filled in.
  package func filled(_ filler: inout TemplateFiller) throws(LanguageError) -> Emission {
    guard hasBlanks else { return self }
    var id = id
    if let idTemplate { id = Located(DomainID(try filler.text(idTemplate)), idTemplate.span) }
    return Emission(
      stream: stream, type: type, id: id, idTemplate: nil, items: try items.filled(&filler),
      repetition: repetition)
  }

  /// The same emission with other fields.
  func with(_ items: Items) -> Emission {
    Emission(
      stream: stream, type: type, id: id, idTemplate: idTemplate, items: items,
      repetition: repetition)
  }
}
