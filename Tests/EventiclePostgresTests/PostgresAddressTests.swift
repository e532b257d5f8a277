import EventicleCore
import EventiclePostgres
import Testing

@Suite struct PostgresAddressTests {
  @Test func `an address is read, and written as it was meant`() throws {
    let address = try PostgresAddress(parsing: "postgres://ann%20b@db.example:5433/shop%2Fx")
    #expect(address.user == "ann b" && address.host == "db.example" && address.port == 5_433)
    #expect(address.database == "shop/x" && address.encryption == .verified)
    let plain = try PostgresAddress(parsing: "postgresql://localhost/shop")
    #expect(plain.port == 5_432 && plain.user == nil && plain.encryption == .local)
    #expect(plain.description == "postgres://localhost:5432/shop")
    let six = try PostgresAddress(parsing: "postgres://[::1]:7/a")
    #expect(six.host == "::1" && six.port == 7 && six.description == "postgres://[::1]:7/a")
    let socket = try PostgresAddress(parsing: "postgres:///shop?host=/run/postgresql&user=u")
    #expect(socket.host == "/run/postgresql" && socket.user == "u" && socket.encryption == .local)
  }

  @Test(arguments: [
    "postgres://ann:secret@host/shop", "postgres://:secret@host/shop",
    "postgres://host/shop?password=secret", "postgres://a:b@secret@host/shop",
  ]) func `a password in an address is refused and never repeated`(text: String) {
    #expect {
      try PostgresAddress(parsing: text)
    } throws: { error in
      let text = "\(error)"
      return text == PostgresAddress.passwordSentence && !text.contains("secret")
    }
  }

  @Test(arguments: [
    "", "postgres://", "postgres://host", "postgres://host/", "mysql://host/db",
    "postgres://host:0/a", "postgres://host:x/a", "postgres://host:65536/a", "postgres://h/a%",
    "postgres://h/a%0", "postgres://h/a%00", "postgres://h/a%zz", "postgres://h/a?b=c",
    "postgres://h/a?sslmode=prefer", "postgres://h/a?sslmode=allow", "postgres://[::1:5/a",
    "postgres://127.0.0.1,other/a", "postgres:///a?host=127.0.0.1,other",
  ]) func `what is no address is refused with a sentence`(text: String) {
    #expect { try PostgresAddress(parsing: text) } throws: { "\($0)".hasSuffix(".") }
  }

  @Test func `encryption is on for others, and off only when it is written`() throws {
    #expect(try PostgresAddress(parsing: "postgres://h/a?sslmode=disable").encryption == .off)
    #expect(
      try PostgresAddress(parsing: "postgres://h/a?sslmode=require").encryption == .unverified)
    #expect(try PostgresAddress(parsing: "postgres://127.0.0.1/a").encryption == .local)
    #expect(try PostgresAddress(parsing: "postgres://10.0.0.1/a").encryption == .verified)
    #expect(try PostgresAddress(parsing: "postgres://127.evil.example/a").encryption == .verified)
  }

  @Test func `messages hold no secrets`() {
    let redaction = PostgresRedaction(["p'w d", ""])
    #expect(redaction.apply("failed with p'w d, p'w d") == "failed with ‹password›, ‹password›")
    #expect(redaction.apply("host=h password=abc port=1") == "host=h password=‹password› port=1")
    #expect(
      redaction.apply("at postgres://ann:x@h/db?a and b://c")
        == "at postgres://ann:‹password›@h/db?a and b://c")
    #expect(redaction.apply("password authentication failed") == "password authentication failed")
  }

  @Test func `waits between attempts double up to ten seconds, a fifth more or less`() {
    for seed: UInt64 in 0..<50 {
      for (retry, middle) in [(1, 100), (2, 200), (5, 1_600), (8, 10_000), (500, 10_000)] {
        let wait = Backoff.reconnecting.wait(before: retry, seed: seed).milliseconds
        let least = min(Double(middle) * 0.8, 8_000)
        #expect(Double(wait) >= least - 2 && Double(wait) <= Double(max(middle, 100)) * 1.2 + 2)
      }
    }
    let waits = Set((0..<20).map { Backoff.reconnecting.wait(before: 3, seed: $0) })
    #expect(waits.count > 5)
  }
}
