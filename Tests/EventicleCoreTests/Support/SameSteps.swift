import Testing

@testable import EventicleCore

/// Performs recorded inputs in a fresh engine of a domain and expects the same entries.
///
/// For domains whose handlers remember something, so that the second run needs a domain of its own.
func expectSameSteps(_ timeline: Timeline, _ domain: Domain, seed: UInt64) throws {
  var engine = try Engine(domain, seed: seed)
  var again = Timeline(startingWith: engine.world)
  for (entry, input) in timeline.inputs {
    engine.perform(Input(input), recordingIn: &again)
    again.arrive(at: engine.world)
    let end = timeline.stepEnd(of: entry)
    try #require(again.last == end, "\(input.action.phrase)")
    for number in entry.number...end.number {
      let (old, new) = (timeline.entry(JournalIndex(number)), again.entry(JournalIndex(number)))
      try #require(old?.kind == new?.kind && old?.cause == new?.cause)
    }
  }
  #expect(again.count == timeline.count)
}
