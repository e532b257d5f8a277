// A lending library: one aggregate, four commands, a view, and a saga that reminds readers.
import {
  AggregateRoot, aggregates, dataStore, dispatchCommand, registerCommand, registerSaga, registerView, saga,
  setEventSourceName, type CommandReturn, type EventicleEvent,
} from "@eventicle/eventiclejs";

setEventSourceName("lending");

const DAY = 24 * 60 * 60 * 1000;

// 1. The aggregate. A book is what its events say: commands raise them, reducers fold them.
export class Book extends AggregateRoot {
  title = "";
  status: "in" | "out" = "in";
  reader?: string;
  reminders = 0;

  constructor() {
    super("Book");
    this.reducers = {
      BookAdded: ({ domainId, data }: EventicleEvent<{ title: string }>) => {
        Object.assign(this, { id: domainId, title: data.title, status: "in" });
      },
      BookLent: ({ data }: EventicleEvent<{ reader: string }>) => {
        Object.assign(this, { status: "out", reader: data.reader, reminders: 0 });
      },
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
async function existing(id: string): Promise<Book> {
  const book = await aggregates.load(Book, id);
  if (!book) throw new Error(`There is no book ${id}; AddBook makes one.`);
  return book;
}

async function raise(book: Book, type: string, data: object = {}): Promise<CommandReturn<never>> {
  book.raiseEvent({ type, data });
  return { events: await aggregates.persist(book) };
}

registerCommand<{ book: string; title: string }, { book: string }>({
  type: "AddBook", streamToEmit: "books",
  async execute({ book, title }) {
    if (!book || !title) throw new Error("A book needs an id and a title; add book=emma title=Emma.");
    if (await aggregates.load(Book, book)) throw new Error(`There is a book ${book} already; take another id.`);
    const added = new Book();
    added.raiseEvent({ type: "BookAdded", domainId: book, data: { title } });
    return { response: { book }, events: await aggregates.persist(added) };
  },
});

registerCommand<{ book: string; reader: string }, never>({
  type: "LendBook", streamToEmit: "books",
  async execute({ book, reader }) {
    if (!reader) throw new Error("A loan needs a reader; add reader=ada.");
    const wanted = await existing(book);
    if (wanted.status === "out") throw new Error(`${book} is out with ${wanted.reader}.`);
    return raise(wanted, "BookLent", { reader });
  },
});

registerCommand<{ book: string }, never>({
  type: "RemindReader", streamToEmit: "books",
  execute: async ({ book }) => raise(await existing(book), "ReaderReminded"),
});

registerCommand<{ book: string }, never>({
  type: "ReturnBook", streamToEmit: "books",
  async execute({ book }) {
    const lent = await existing(book);
    if (lent.status === "in") throw new Error(`${book} is in; nobody has it.`);
    return raise(lent, "BookReturned");
  },
});

// 3. The view: a row for each book.
interface Row {
  title: string;
  reader: string | null;
  loans: number;
}

const shelf: Record<string, (row: Row, data: any) => void> = {
  BookAdded: (row, { title }) => Object.assign(row, { title, reader: null, loans: 0 }),
  BookLent: (row, { reader }) => Object.assign(row, { reader, loans: row.loans + 1 }),
  BookReturned: (row) => Object.assign(row, { reader: null }),
};

registerView({
  consumerGroup: "Shelf", streamsToSubscribe: ["books"],
  async handleEvent({ type, domainId, data }: EventicleEvent) {
    if (!shelf[type] || !domainId) return;
    const row = (await dataStore().getEntity("system", "Shelf", domainId))
      ?? { id: domainId, type: "Shelf", content: {}, createdAt: new Date() };
    shelf[type](row.content, data);
    await dataStore().saveEntity("system", "Shelf", row);
  },
});

// 4. The saga: each loan has an instance, which reminds after two weeks and then every week.
interface Loan {
  book: string;
  status: "lent" | "overdue" | "returned";
}

const ofBook = {
  matchInstance: (event: EventicleEvent) => ({ instanceProperty: "book" as const, value: event.domainId }),
};

registerSaga(
  saga<"due", Loan>("LoanSaga")
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
