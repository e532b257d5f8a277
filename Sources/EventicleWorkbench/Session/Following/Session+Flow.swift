import EventicleCore

extension Session {
  /// `flow [POSITION]`: the conversation of an event or a journal entry.
  func flow(_ place: Located<PositionExpression>?) throws(LanguageError) -> Reply {
    guard let entry = try entry(at: place) else {
      return Reply(
        problem: Reply.Problem(
          "Nothing has happened at that place, so nothing led to it or followed; flow #1 shows the "
            + "first event."))
    }
    guard let conversation = conversation(of: entry) else {
      return Reply(problem: Reply.Problem("Ended by you; nothing is shown."))
    }
    var reply = Reply()
    reply.output = conversation.json(moment)
    reply.requests = [.show(.conversation(entry))]
    return reply
  }

  /// The conversation of an entry, with all that is left out counted; `nil` when a person ended the
  /// work.
  func conversation(of entry: JournalIndex) -> Conversation? {
    ConversationReader(moment, counting: timeline.count).conversation(around: entry) { count in
      goesOn(WorkProgress("following causes", done: count))
    }
  }

  /// The entry that a place means: an event's own, a journal entry, else the newest event there;
  /// `nil` where nothing has happened.
  func entry(at place: Located<PositionExpression>?) throws(LanguageError) -> JournalIndex? {
    var there = cursor
    if let place {
      there = try resolve(place)
      switch place.value {
      case .event(let position): return timeline.appendEntry(of: position)
      case .entry(let index) where index.number > 0: return index
      default: break
      }
    }
    let event = timeline.lastEvent(at: there)
    if event.number > 0 { return timeline.appendEntry(of: event) }
    return there.entry.number > 0 ? there.entry : nil
  }
}
