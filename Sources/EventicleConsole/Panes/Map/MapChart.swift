import EventicleCore
import EventicleWorkbench

/// The flow of a domain in the order in which the map lists it: what is declared, and what its
/// history has shown.
///
/// A command does not declare what it makes. Until the history shows it, the commands and the
/// events of an aggregate stand side by side without a link.
struct MapChart: Sendable {
  /// An aggregate or a stream with all that belongs to it.
  struct Section: Sendable {
    /// The type of aggregate; `nil` for a stream that is none's.
    let aggregate: String?
    let stream: StreamName
    var groups: [Group] = []
  }

  /// Makers with the events they make: one maker whose events are known, or all whose are not.
  struct Group: Sendable {
    let makers: [FlowMaker]
    var events: [EventNode]
    let isKnown: Bool
  }

  struct EventNode: Sendable {
    let event: FlowEvent
    /// Whether it is listed above with all that follows from it.
    let isRepeated: Bool
    let wakes: [Wake]
  }

  /// One consumer with what it does, or several that only take the event in.
  struct Wake: Sendable {
    let wakers: [FlowWaker]
    var deeds: [FlowDeed] = []
  }

  struct TimerNode: Sendable {
    let timer: FlowTimer
    let wake: Wake
  }

  private(set) var sections: [Section] = []
  private(set) var timers: [TimerNode] = []
  /// The types of event that are not listed because there are too many.
  private(set) var hidden = 0
  private(set) var eventCount = 0

  /// The most types of event that are listed.
  private static let most = 512

  /// Nothing.
  init() {}

  /// Makes the chart; O(declarations + links).
  init(_ domain: Domain, _ learnt: LearntFlow) {
    var builder = MapChartBuilder(domain, learnt, most: MapChart.most)
    builder.build()
    sections = builder.sections.filter { !$0.groups.isEmpty }
    timers = builder.timers
    (hidden, eventCount) = (builder.hidden, builder.listed.count + builder.hidden)
  }
}
