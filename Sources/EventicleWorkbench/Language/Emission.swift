package import EventicleCore

/// An event to append: `emit orders OrderCreated order-79 total:=59`.
package struct Emission: Hashable, Sendable {
  /// The stream to append to.
  package let stream: Located<StreamName>
  /// The type, given as a word or as `type:T`.
  package let type: Located<EventType>
  /// The domain id, given as a word, as `order-79:{…}` or as `domainId:ID`.
  package let id: Located<DomainID>?
  /// The data and metadata.
  package let items: Items
  /// How often to append it.
  package let repetition: Repetition
}
