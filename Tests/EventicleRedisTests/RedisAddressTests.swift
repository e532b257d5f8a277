import EventicleRedis
import TestSupport
import Testing

@Suite struct RedisAddressTests {
  @Test func `an address names a host, a port and streams`() throws {
    let whole = try RedisAddress(parsing: "redis://reader@prod.example:7000/orders,payments?db=2")
    #expect(whole.host == "prod.example" && whole.port == 7_000 && whole.database == 2)
    #expect(whole.user == "reader" && whole.streams == ["orders", "payments"])
    let bare = try RedisAddress(parsing: "redis://localhost")
    #expect(bare.port == 6_379 && bare.streams.isEmpty && bare.user == nil)
    #expect(try RedisAddress(parsing: "redis://localhost/*").streams.isEmpty)
    let six = try RedisAddress(parsing: "redis://[::1]:6380/a")
    #expect(six.host == "::1" && six.port == 6_380 && six.server == "[::1]:6380")
  }

  @Test(arguments: [
    ("redis://user:secret@host/orders", "A password in an address stays in your shell's history"),
    ("redis://:secret@host", "A password in an address stays in your shell's history"),
    ("rediss://host/orders", "TLS to Redis is not built in yet"),
    ("http://host", "begins with redis://"),
    ("redis://", "names no host"),
    ("redis://host:0", "from 1 to 65535"),
    ("redis://host:port", "from 1 to 65535"),
    ("redis://[::1", "ends with a bracket"),
    ("redis://host/a?x=1", "db=NUMBER"),
  ])
  func `what is no address is refused with the way out`(text: String, part: String) {
    let problem = #expect(throws: RedisAddress.Problem.self) { try RedisAddress(parsing: text) }
    #expect(problem?.description.contains(part) == true, "\(problem?.description ?? "")")
    #expect(problem?.description.contains("secret") == false)
  }
}
