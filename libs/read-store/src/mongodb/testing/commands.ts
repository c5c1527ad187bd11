import { type Document, Long } from 'bson';
import { CollectionDouble } from './collection.js';
import { badValue, conditionsOf, Refusal } from './values.js';

/** What is to happen at a moment that cannot be met by chance. */
export type Interference = {
  /** An answer in place of the command's own, or none at all; it may also take its time. */
  beforeCommand?: (command: Document) => Promise<Document | 'hang up' | undefined>;
  /** Between an upsert's search, which found nothing, and its insert. */
  beforeInsert?: (id: string) => Promise<void>;
};

const ALWAYS_TAKEN = new Set(['$db', '$readPreference', 'lsid', 'readConcern', 'writeConcern']);
const TAKEN: Record<string, readonly string[]> = {
  ping: [],
  find: ['filter', 'sort', 'hint', 'limit', 'batchSize', 'singleBatch'],
  update: ['updates', 'ordered'],
  delete: ['deletes', 'ordered'],
  createIndexes: ['indexes'],
  drop: [],
  listCollections: ['filter', 'cursor', 'nameOnly', 'authorizedCollections'],
  endSessions: [],
};

const HELLO = {
  ismaster: true,
  helloOk: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  ok: 1,
};

const ensureTaken = (name: string, command: Document): void => {
  const taken = TAKEN[name];
  if (!taken) throw new Refusal(59, 'CommandNotFound', `no such command: '${name}'`);
  const unknown = Object.keys(command).find(
    (field) => field !== name && !taken.includes(field) && !ALWAYS_TAKEN.has(field),
  );
  if (unknown) throw new Refusal(40415, 'IDLUnknownField', `${name} takes no ${unknown} here`);
};

const idIn = (filter: Document): string => {
  const ids = conditionsOf(filter).filter(({ path }) => path === '_id');
  const [{ operator = '', operand = '' } = {}] = ids;
  if (operator === '$eq' && typeof operand === 'string') return operand;
  throw badValue('the double writes by an _id that is a text');
};

const duplicate = (collection: string, id: string) => {
  const errmsg = `E11000 duplicate key error collection: ${collection} index: _id_ dup key: ${id}`;
  return { code: 11000, errmsg, keyPattern: { _id: 1 }, keyValue: { _id: id } };
};

/** Databases that live as long as this object, and the commands that the adapter gives. */
export class Databases {
  private readonly collections = new Map<string, CollectionDouble>();

  constructor(private readonly interference: Interference) {}

  async answer(command: Document): Promise<Document> {
    const [name = ''] = Object.keys(command);
    if (name === 'hello' || name === 'ismaster') return { ...HELLO, localTime: new Date() };
    if (name === 'saslStart') throw new Refusal(18, 'AuthenticationFailed', 'no such user');
    ensureTaken(name, command);
    return { ...(await this.perform(name, command)), ok: 1 };
  }

  private async perform(name: string, command: Document): Promise<Document> {
    const target = `${command.$db}.${command[name]}`;
    switch (name) {
      case 'find':
        return this.find(target, command);
      case 'update':
        return this.update(target, command);
      case 'delete':
        return this.delete(target, command.deletes);
      case 'createIndexes':
        for (const index of command.indexes) this.collection(target).createIndex(index);
        return {};
      case 'drop':
        if (this.collections.delete(target)) return {};
        throw new Refusal(26, 'NamespaceNotFound', 'ns not found');
      case 'listCollections':
        return this.listCollections(command.$db);
      default:
        return {};
    }
  }

  private listCollections(database: string): Document {
    const prefix = `${database}.`;
    const firstBatch = [...this.collections.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => ({ name: name.slice(prefix.length), type: 'collection' }));
    return { cursor: { firstBatch, id: Long.ZERO, ns: `${database}.$cmd.listCollections` } };
  }

  private collection(name: string): CollectionDouble {
    const collection = this.collections.get(name) ?? new CollectionDouble();
    this.collections.set(name, collection);
    return collection;
  }

  private find(target: string, command: Document): Document {
    const { filter = {}, sort = {}, hint, limit, batchSize = 101 } = command;
    const found = this.collections.get(target)?.find(filter, sort, hint) ?? [];
    const firstBatch = found.slice(0, limit);
    if (firstBatch.length > batchSize) throw badValue('the double keeps no cursors');
    return { cursor: { firstBatch, id: Long.ZERO, ns: target } };
  }

  private async update(target: string, { updates, ordered = true }: Document): Promise<Document> {
    const writeErrors: Document[] = [];
    const upserted: Document[] = [];
    let n = 0;
    for (const [index, statement] of updates.entries()) {
      const outcome = await this.replace(target, statement);
      if (typeof outcome === 'object') writeErrors.push({ index, ...outcome });
      else if (outcome !== 'unmatched') n++;
      if (outcome === 'inserted') upserted.push({ index, _id: idIn(statement.q) });
      if (ordered && writeErrors.length > 0) break;
    }
    return {
      n,
      nModified: n - upserted.length,
      ...(upserted.length > 0 && { upserted }),
      ...(writeErrors.length > 0 && { writeErrors }),
    };
  }

  private async replace(target: string, statement: Document) {
    const { q, u, upsert = false, multi = false, ...further } = statement;
    const isReplacement = !Array.isArray(u) && !Object.keys(u).some((name) => name.startsWith('$'));
    if (!isReplacement || multi || Object.keys(further).length > 0) {
      throw new Refusal(9, 'FailedToParse', 'the double only replaces a document by another');
    }
    const id = idIn(q);
    const { documents } = this.collection(target);
    const [found] = this.collection(target).find(q, {});
    if (!found && !upsert) return 'unmatched';
    if (!found) await this.interference.beforeInsert?.(id);
    if (!found && documents.has(id)) return duplicate(target, id);
    documents.set(id, { _id: id, ...u });
    return found ? 'replaced' : 'inserted';
  }

  private delete(target: string, deletes: Document[]): Document {
    const documents = this.collections.get(target)?.documents;
    return { n: deletes.filter(({ q }) => documents?.delete(idIn(q))).length };
  }
}
