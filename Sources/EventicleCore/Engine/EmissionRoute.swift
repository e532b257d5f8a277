/// How a domain treats the events of one stream and type, looked up once.
///
/// A class, because an engine is copied more often than the type of its events changes.
final class EmissionRoute: Sendable {
  let stream: StreamName
  let type: EventType
  /// The consumers of the events, in the order of delivery.
  let consumers: [ConsumerNumber]
  /// The type of the aggregates whose events are in the stream.
  let aggregate: String?
  /// The source of events that name none.
  let source: String
  private let registry: Registry

  init(_ registry: Registry, _ stream: StreamName, _ type: EventType) {
    self.registry = registry
    self.stream = stream
    self.type = type
    consumers = registry.consumers(of: stream, type)
    aggregate = registry.aggregateType(of: stream)
    source = registry.source
  }

  /// Whether it is the route of a stream and type by the declarations of a registry.
  @inline(__always)
  func isRoute(of stream: StreamName, _ type: EventType, in registry: Registry) -> Bool {
    self.registry === registry && isSameText(self.type.text, type.text) && self.stream == stream
  }
}
