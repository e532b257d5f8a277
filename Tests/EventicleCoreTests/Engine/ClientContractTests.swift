import BackendContract
import EventicleCore
import Testing

@Suite struct ClientContractTests {
  @Test(arguments: ClientContract.cases)
  func `the memory backend meets the client contract`(row: ContractCase) throws {
    let backend = MemoryBackend()
    let lacks = backend.capabilities.lacks(of: row.needs)
    #expect(try row.run(on: backend) == (lacks.isEmpty ? .passed : .skipped(lacks)))
  }

  @Test func `the client contract has many cases, and no name occurs twice`() {
    let names = ClientContract.cases.map { Array($0.name.utf8) }
    #expect(names.count >= 100)
    #expect(Set(names).count == names.count)
    let skipped = ClientContract.cases.filter { $0.needs.contains(.durableOnAcknowledge) }
    #expect(skipped.count == 2)
  }

  @Test func `a client that breaks the contract is detected`() {
    let failing = ClientContract.cases.filter { row in
      do {
        try row.run(on: DeafBackend())
        return false
      } catch {
        return true
      }
    }
    #expect(failing.count > 80)
  }
}

/// A backend whose client was shut down before anybody used it.
private struct DeafBackend: BackendUnderTest {
  let capabilities = Capabilities.memory

  func openStore(_ domain: Domain) throws -> any StoreUnderTest {
    try MemoryBackend().openStore(domain)
  }

  func openClient(_ domain: Domain) throws -> Eventicle {
    let app = try Eventicle(domain)
    try app.shutdown()
    return app
  }
}
