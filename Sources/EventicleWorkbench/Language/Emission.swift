package import EventicleCore

/// An event to append: `emit orders OrderCreated order-79 total:=59`.
package struct Emission: Hashable, Sendable {
  /// The stream.
  package let stream: Located<StreamName>
  /// The type, given as a word or as `type:T`.
  package let type: Located<EventType>
  /// What it is about, given as a word, as `order-79:{…}` or as `domainId:ID`.
  package let id: Located<DomainID>?
  /// Its data and metadata.
  package let items: Items
  /// How often.
  package let repetition: Repetition
}
