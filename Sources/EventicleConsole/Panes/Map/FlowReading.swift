import EventicleCore
import EventicleWorkbench

/// A conversation in the forms in which it is drawn, as it was read beside the terminal.
struct FlowReading: Sendable {
  let conversation: Conversation
  let lanes: ConversationLanes
  let spans: ConversationSpans
  /// The effects of each node, by its place.
  let effects: [[Int]]
  /// Where timers ended that another conversation called off, by the places of their arming.
  let ends: [Int: (entry: JournalIndex, instant: Instant)]

  private init(_ conversation: Conversation, _ moment: MomentView) {
    self.conversation = conversation
    lanes = ConversationLanes(conversation, moment)
    spans = ConversationSpans(conversation, moment)
    var effects: [[Int]] = Array(repeating: [], count: conversation.nodes.count)
    for (place, node) in conversation.nodes.enumerated() {
      if let parent = node.parent { effects[parent].append(place) }
    }
    self.effects = effects
    var ends: [Int: (entry: JournalIndex, instant: Instant)] = [:]
    for span in spans.spans {
      if case .elsewhere(let entry, let instant) = span.ending, let first = span.marks.first {
        ends[first] = (entry, instant)
      }
    }
    self.ends = ends
  }

  /// Asks for the conversation of an entry.
  struct Request: Hashable, Sendable {
    let subject: JournalIndex
    /// The number of entries in the journal, so that what follows is read too.
    let entries: Int

    /// Reads it; on any thread.
    func read(_ moment: MomentView) -> Answer {
      let found = ConversationReader(moment).conversation(around: subject)
      return Answer(request: self, reading: found.map { FlowReading($0, moment) })
    }
  }

  /// What was read; nothing for an entry that is not there.
  struct Answer: Sendable {
    let request: Request
    let reading: FlowReading?
  }
}
