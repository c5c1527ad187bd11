/** A stored document: JSON, under a key that is unique in its collection. */
export type Document = Record<string, unknown>;

export type Scalar = string | number | boolean;

/**
 * A collection of one build of one projection. Its indexes are lists of document fields that
 * hold a string, a number or a boolean; the key always follows as the last field. A document
 * without one of the fields is not in that index.
 */
export type Collection = {
  readonly name: string;
  readonly indexes: Readonly<Record<string, readonly string[]>>;
};

/** How far a projection has folded the log; `position` is a decimal string. */
export type Checkpoint = { storeId: string; position: string; eventId: string };

/** A document to replace whole, at the log position (decimal string) that it has seen. */
export type Put = { collection: Collection; key: string; document: Document; position: string };

/** A document as it lies in the store, and the log position that it has seen. */
export type Stored = Pick<Put, 'document' | 'position'>;

export type Query = {
  index: string;
  /** The first fields of the index, each equal to this. */
  equals?: Readonly<Record<string, Scalar>>;
  /** Bounds on the next field, inclusive. `prefix` is for text. */
  range?: { from?: Scalar; to?: Scalar; prefix?: string };
  /** The `cursor` of an earlier entry; what follows it, in the same direction. */
  after?: string;
  /** 1 to 1,000. */
  limit: number;
  reverse?: boolean;
};

/** `cursor` is opaque and stays good when the document it stands for has gone. */
export type Entry<Doc> = { key: string; document: Doc; cursor: string };

/** No declared index serves the query; a bug of whoever asks. */
export class UnservedQuery extends TypeError {
  override readonly name = 'UnservedQuery';
}

/** What one process at a time does, in a `term` of its own; `beat` moves on while it does it. */
export type Lease = { holder: string; term: number; beat: number };

/** What processes that share a store agree on. Each is one document, changed whole. */
export interface Shared {
  lease(name: string): Promise<Lease | undefined>;

  /** False, and nothing is changed, where it is not `before` any more. */
  setLease(name: string, lease: Lease, before: Lease | undefined): Promise<boolean>;

  /** From now on nobody points the pointer in an earlier term. */
  fence(name: string, term: number): Promise<void>;

  /** As `setPointer`, also to nothing; false where it has been fenced for a later term. */
  point(name: string, value: string | undefined, term: number): Promise<boolean>;

  /** The names of all builds that there are. */
  builds(): Promise<string[]>;
}

/**
 * Read documents by key, or in the order of a declared index; nothing else. Values of a field
 * order as numbers, then text by code point, then false and true.
 */
export interface ReadStore {
  get<Doc extends object>(collection: Collection, key: string): Promise<Doc | undefined>;

  /** In the order of `keys`, with gaps where there is no document. */
  getMany<Doc extends object>(
    collection: Collection,
    keys: readonly string[],
  ): Promise<(Doc | undefined)[]>;

  /** As `getMany`, each with the position it was put at: for whoever folds on. */
  getStored(collection: Collection, keys: readonly string[]): Promise<(Stored | undefined)[]>;

  /**
   * Writes the documents whose position is later than what is stored, each whole, with their
   * index entries, and then the checkpoints by projection build. A crash leaves the checkpoint
   * behind the documents, never before them.
   */
  put(documents: readonly Put[], checkpoints: Readonly<Record<string, Checkpoint>>): Promise<void>;

  /** Throws `UnservedQuery` where the fields are not the first of a declared index. */
  query<Doc extends object>(collection: Collection, query: Query): Promise<Entry<Doc>[]>;

  checkpoint(build: string): Promise<Checkpoint | undefined>;

  /** Small named values, such as which build serves a projection. */
  pointer(name: string): Promise<string | undefined>;
  setPointer(name: string, value: string): Promise<void>;

  /** Removes a build's documents, index entries and checkpoint. */
  drop(collection: Collection): Promise<void>;

  /** Present where several processes may have the store open. */
  shared?: Shared;

  close(): Promise<void>;
}
