import Testing

@testable import EventicleCore

@Suite struct CapabilitiesTests {
  @Test func `a backend in memory promises everything but durability`() {
    let memory = Capabilities.memory
    #expect(memory.lacks(of: Set(Capability.allCases)) == [.durableOnAcknowledge])
    #expect(!memory.durableOnAcknowledge)
    #expect(memory.denseGlobalPositions && memory.expectedVersion && memory.idempotentAppend)
    #expect(memory.atomicBatch && memory.canHold && memory.canRewind && memory.canFork)
  }

  @Test(arguments: Capability.allCases)
  func `each capability has an accessor of its own`(capability: Capability) {
    let one = Capabilities([capability])
    let answers = [
      one.durableOnAcknowledge, one.denseGlobalPositions, one.expectedVersion,
      one.idempotentAppend, one.atomicBatch, one.canHold, one.canRewind, one.canFork,
    ]
    #expect(answers == Capability.allCases.map { $0 == capability })
    #expect(one.lacks(of: [capability, .canFork, .canHold]).allSatisfy { $0 != capability })
    let sentences = one.sentences
    #expect(sentences.map(\.capability) == Capability.allCases)
    for (found, isHeld, sentence) in sentences {
      #expect(isHeld == (found == capability))
      #expect(sentence == (isHeld ? found.promise : found.refusal))
      #expect(sentence.hasSuffix("."))
    }
    #expect(Set(sentences.map(\.sentence)).count == sentences.count)
    #expect("\(capability)" == capability.rawValue)
  }
}
