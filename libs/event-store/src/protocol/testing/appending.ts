import { randomUUID } from 'node:crypto';
import { anEvent, at, type Expected, type Means, outcome, say, someEvents } from './client.js';

const EXPECTED: Expected[] = ['any', 'no_stream', 'stream_exists', 0n, 1n];

const revisionOf = async (appended: Promise<{ nextExpectedRevision: bigint }>) => {
  const answer = await outcome(appended);
  return 'refused' in answer ? answer : answer.nextExpectedRevision;
};

const expectedRevisions = async (means: Means) => {
  const { client } = means;
  // With credentials the clients append by a call of its own, else in a batch.
  for (const options of [{}, { credentials: { username: 'a', password: 'b' } }]) {
    for (const expected of EXPECTED) {
      const kind = `${'credentials' in options ? 'append' : 'batch'} ${expected}`;
      const append = (stream: string) =>
        client.appendToStream(stream, anEvent(means, 'x'), { ...at(expected), ...options });
      const there = `there-${kind}`;
      await client.appendToStream(there, someEvents(means, 2));
      say(`${kind}, no stream`, await revisionOf(append(`none-${kind}`)));
      say(`${kind}, at 1`, await revisionOf(append(there)));
    }
  }
};

const retries = async (means: Means) => {
  const { client } = means;
  const events = someEvents(means, 2);
  const append = () => outcome(client.appendToStream('retry-1', events, at('no_stream')));
  const first = await append();
  await client.appendToStream('retry-1', anEvent(means, 2), at(1n));
  say('retry', { first, second: await append() });
  say('nothing, no stream', await outcome(client.appendToStream('nothing-1', [], at('any'))));
  say('nothing, at 2', await revisionOf(client.appendToStream('retry-1', [], at(2n))));
  say('nothing, wrong', await outcome(client.appendToStream('retry-1', [], at(0n))));
};

const manyAtOnce = async (means: Means) => {
  const fresh = means.open();
  const appends = Array.from({ length: 200 }, (_, n) =>
    fresh.appendToStream(`many-${n}`, someEvents(means, 3), at('no_stream')),
  );
  const revisions = (await Promise.all(appends)).map((answer) => answer.nextExpectedRevision);
  say('200 appends on a fresh connection', revisions.filter((revision) => revision === 2n).length);
  const inParts = { ...at('no_stream'), batchAppendSize: 1024 };
  const parts = fresh.appendToStream('parts-1', someEvents(means, 1000), inParts);
  say('1000 events in parts', await revisionOf(parts));
  await fresh.dispose();
};

const binary = async ({ library, client }: Means) => {
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
  const texts = ['', 'teks', '{"a":1}', '{ "a": 1 }', '\ufffd'].map((text) => Buffer.from(text));
  for (const [n, data] of [bytes, ...texts].entries()) {
    const metadata = Uint8Array.from(data).reverse();
    const event = library.binaryEvent({ id: randomUUID(), type: 'test.Bytes', data, metadata });
    await client.appendToStream('binary-1', event, at(n === 0 ? 'no_stream' : BigInt(n - 1)));
  }
  const same: boolean[] = [];
  for await (const { event } of client.readStream('binary-1')) {
    const sent = [bytes, ...texts][same.length] ?? bytes;
    same.push(event?.isJson === false && Buffer.compare(event.data as Uint8Array, sent) === 0);
  }
  say('bytes', same);
};

const TEXTS = ['', '\u0000', 'ꦥꦢꦶ', '😀'.repeat(40), '\ufffd', '</script>\u2028'];

const values = async ({ library, client }: Means) => {
  const stream = `koperasi-ꦏꦺꦴꦥꦺꦫꦱꦶ ${'панен'.repeat(20)} 🌾`;
  const data = { '': TEXTS, 'kunci.🌾': [0.1, -1, 2 ** 53 - 1, 1e300, null, true, [], {}] };
  const metadata = { version: 3, actor: 'ꦥꦢꦶ', nested: { list: [1] } };
  const event = library.jsonEvent({ id: randomUUID(), type: 'тип.🌾', data, metadata });
  await client.appendToStream(stream, event, at('no_stream'));
  const large = { name: 'large', text: 'é'.repeat(512 * 1024) };
  const largeEvent = library.jsonEvent({ id: randomUUID(), type: 'test.Large', data: large });
  await client.appendToStream(stream, largeEvent, at(0n));
  const read: unknown[] = [];
  for await (const resolved of client.readStream(stream)) {
    const { streamId, id, type, metadata: about, data: said, created } = resolved.event ?? {};
    const isLarge = type === 'test.Large';
    read.push({
      ...{ isNamed: streamId === stream, type, metadata: about },
      isSame: id === (isLarge ? largeEvent : event).id,
      isRecent: Math.abs(Date.now() - Number(created)) < 60_000,
      data: isLarge ? (said as typeof large).text === large.text : said,
    });
  }
  say('values', read);
  say('values sent', data);
};

const refused = async (means: Means) => {
  const { library, client } = means;
  say('a stream of the store', await outcome(client.appendToStream('$own', anEvent(means, 0))));
  const own = anEvent(means, 0, '$own');
  say('a type of the store', await outcome(client.appendToStream('own-1', own)));
  const data = Buffer.alloc(6 * 1024 * 1024);
  const large = () => library.binaryEvent({ type: 'test.Large', data });
  say('18 MB', await outcome(client.appendToStream('large-1', [large(), large(), large()])));
};

export const appending = async (means: Means): Promise<void> => {
  await manyAtOnce(means);
  await expectedRevisions(means);
  await retries(means);
  await binary(means);
  await values(means);
  await refused(means);
};
