import Testing

@testable import EventicleCore

/// Performs recorded inputs in a fresh engine of a domain and expects the same steps, byte for byte.
///
/// For domains whose handlers remember something, so that the second run needs a domain of its own.
func expectSameSteps(_ timeline: Timeline, _ domain: Domain, seed: UInt64) throws {
  let result = timeline.verify(with: try Engine(domain, seed: seed))
  #expect(result.difference == nil, "\(result.difference?.sentence ?? "")")
  #expect(result.same > 0 && result.skipped == [])
}
