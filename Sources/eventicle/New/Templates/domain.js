"use strict";
// A lending library: one aggregate, four commands, a view, and a saga that reminds readers.
const {
  AggregateRoot, aggregates, dataStore, dispatchCommand, registerCommand, registerSaga, registerView, saga,
  setEventSourceName,
} = require("@eventicle/eventiclejs");

setEventSourceName("lending");

const DAY = 24 * 60 * 60 * 1000;

// 1. The aggregate. A book is what its events say: commands raise them, reducers fold them.
class Book extends AggregateRoot {
  constructor() {
    super("Book");
    this.reducers = {
      BookAdded: ({ domainId, data }) => Object.assign(this, { id: domainId, title: data.title, status: "in" }),
      BookLent: ({ data }) => Object.assign(this, { status: "out", reader: data.reader, reminders: 0 }),
      ReaderReminded: () => {
        this.reminders += 1;
      },
      BookReturned: () => {
        this.status = "in";
        delete this.reader;
      },
    };
  }
}

// 2. The commands. An Error refuses one; its message is what people read.
async function existing(id) {
  const book = await aggregates.load(Book, id);
  if (!book) throw new Error(`There is no book ${id}; AddBook makes one.`);
  return book;
}

async function raise(book, type, data = {}) {
  book.raiseEvent({ type, data });
  return { events: await aggregates.persist(book) };
}

registerCommand({
  type: "AddBook", streamToEmit: "books",
  async execute({ book, title }) {
    if (!book || !title) throw new Error("A book needs an id and a title; add book=emma title=Emma.");
    if (await aggregates.load(Book, book)) throw new Error(`There is a book ${book} already; take another id.`);
    const added = new Book();
    added.raiseEvent({ type: "BookAdded", domainId: book, data: { title } });
    return { response: { book }, events: await aggregates.persist(added) };
  },
});

registerCommand({
  type: "LendBook", streamToEmit: "books",
  async execute({ book, reader }) {
    if (!reader) throw new Error("A loan needs a reader; add reader=ada.");
    const wanted = await existing(book);
    if (wanted.status === "out") throw new Error(`${book} is out with ${wanted.reader}.`);
    return raise(wanted, "BookLent", { reader });
  },
});

registerCommand({
  type: "RemindReader", streamToEmit: "books",
  execute: async ({ book }) => raise(await existing(book), "ReaderReminded"),
});

registerCommand({
  type: "ReturnBook", streamToEmit: "books",
  async execute({ book }) {
    const lent = await existing(book);
    if (lent.status === "in") throw new Error(`${book} is in; nobody has it.`);
    return raise(lent, "BookReturned");
  },
});

// 3. The view: a row for each book.
const shelf = {
  BookAdded: (row, { title }) => Object.assign(row, { title, reader: null, loans: 0 }),
  BookLent: (row, { reader }) => Object.assign(row, { reader, loans: row.loans + 1 }),
  BookReturned: (row) => Object.assign(row, { reader: null }),
};

registerView({
  consumerGroup: "Shelf", streamsToSubscribe: ["books"],
  async handleEvent({ type, domainId, data }) {
    if (!shelf[type]) return;
    const row = (await dataStore().getEntity("system", "Shelf", domainId))
      ?? { id: domainId, type: "Shelf", content: {} };
    shelf[type](row.content, data);
    await dataStore().saveEntity("system", "Shelf", row);
  },
});

// 4. The saga: each loan has an instance, which reminds after two weeks and then every week.
const ofBook = { matchInstance: (event) => ({ instanceProperty: "book", value: event.domainId }) };

registerSaga(
  saga("LoanSaga")
    .subscribeStreams(["books"])
    .startOn("BookLent", {}, async (step, event) => {
      step.set("book", event.domainId);
      step.set("status", "lent");
      step.upsertTimer("due", { isCron: false, timeout: 14 * DAY });
    })
    .on("BookReturned", ofBook, async (step) => {
      step.set("status", "returned");
      step.endSaga(true);
    })
    .onTimer("due", async (step) => {
      step.set("status", "overdue");
      await dispatchCommand({ type: "RemindReader", data: { book: step.get("book") } });
      step.upsertTimer("due", { isCron: false, timeout: 7 * DAY });
    }),
);

module.exports = { Book };
