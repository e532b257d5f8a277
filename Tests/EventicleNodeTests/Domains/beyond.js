// Names of the library that are not part of the console may be imported; using them says so.
const { OutboxEventClient } = require("@eventicle/eventiclejs/dist/events/core/outbox/outbox-event-client");
const { AvroCodec } = require("@eventicle/eventiclejs/dist/events/core/avro-codec.js");
const { eventClientOnKafka, registerCommand, setEventClient } = require("@eventicle/eventiclejs");

class MyCodec extends AvroCodec {}

(async () => setEventClient(await eventClientOnKafka({ brokers: [] })))();
registerCommand({ type: "Codec", streamToEmit: "a", execute: async () => new MyCodec() });
registerCommand({ type: "Outbox", streamToEmit: "a", execute: async () => new OutboxEventClient() });
