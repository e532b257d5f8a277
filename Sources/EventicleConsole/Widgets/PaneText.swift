import EventicleCore

/// Texts and roles that several panes share.
enum PaneText {
  /// Data as text; stops reading at `limit`, about the width of a wide screen.
  static func data(_ text: some StringProtocol, limit: Int = 400) -> DisplayText {
    DisplayText(sanitising: text, limit: limit)
  }

  /// The display name of a saga instance: the key it follows, else its id.
  static func name(of key: SagaKey, _ moment: MomentView) -> DisplayText {
    data(key.saga, limit: 60) + "/" + correlation(of: key, moment)
  }

  /// The key that a saga instance follows, else its id.
  static func correlation(of key: SagaKey, _ moment: MomentView) -> DisplayText {
    data(
      moment.timeline.head.sagas.instance(key)?.correlation ?? key.instanceID, limit: 60)
  }

  /// The colour of a stream: by its place among the declared streams, else by its name.
  static func role(of stream: StreamName, _ domain: Domain) -> StyleRole {
    if let place = streams(of: domain).firstIndex(of: stream.logical) { return .stream(place) }
    let hash = stream.text.utf8.reduce(UInt32(2_166_136_261)) {
      ($0 ^ UInt32($1)) &* 16_777_619
    }
    return .stream(Int(hash % 6))
  }

  /// The streams that a domain declares, each once.
  static func streams(of domain: Domain) -> [StreamName] {
    var names: [StreamName] = []
    for stream in domain.aggregates.map(\.stream) + domain.commands.map(\.stream)
    where !names.contains(stream) { names.append(stream) }
    return names
  }

  /// The outcome of each delivery of an event, always in the order of the declarations.
  static func deliveries(
    of position: Position, _ event: Event, _ moment: MomentView
  ) -> [DeliveryRow] {
    let listeners = moment.domain.listeners(to: event.stream)
    let places = Dictionary(zip(listeners, listeners.indices)) { first, _ in first }
    return moment.deliveries(of: position).enumerated().sorted {
      let left = places[$0.element.consumer] ?? listeners.count
      let right = places[$1.element.consumer] ?? listeners.count
      return (left, $0.offset) < (right, $1.offset)
    }.map(\.element)
  }

  /// A number of bytes, for display.
  static func size(_ bytes: Int) -> DisplayText {
    switch bytes {
    case ..<1_000: return "\(bytes) bytes"
    case ..<1_000_000: return "\(bytes / 1_000) kB"
    default: return "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
    }
  }
}

extension ConsumerKind {
  /// The role for the names of consumers of this kind.
  var role: StyleRole {
    switch self {
    case .view: .kindView
    case .saga: .kindSaga
    case .adapter, .subscription: .kindExternal
    }
  }
}
