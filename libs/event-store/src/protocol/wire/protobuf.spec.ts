import {
  bigint,
  bytes,
  empty,
  flag,
  given,
  Malformed,
  message,
  nested,
  number,
  repeated,
  text,
  texts,
} from './protobuf.js';
import { Writer } from './writer.js';

const written = (write: (writer: Writer) => void, capacity = 1): Buffer => {
  const writer = new Writer(capacity);
  write(writer);
  return writer.take();
};

const NUMBERS = [0, 1, 127, 128, 300, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 35 + 7, 2 ** 53 - 1];

describe('numbers', () => {
  const read = message({ value: [1, number], exact: [2, bigint] });

  it.each(NUMBERS)('%d comes back', (value) => {
    const message = written((writer) => {
      writer.number(1, value);
      writer.bigint(2, BigInt(value));
    });
    expect(read(message)).toEqual({ value, exact: BigInt(value) });
  });

  it.each([2n ** 53n, 2n ** 63n, 2n ** 64n - 1n])('%d comes back as a bigint', (value) => {
    expect(read(written((writer) => writer.bigint(2, value)))).toEqual({ exact: value });
  });

  it('of more than 53 bits are about right', () => {
    const message = written((writer) => writer.bigint(1, 2n ** 64n - 1n));
    expect(read(message).value).toBeCloseTo(2 ** 64, -5);
  });

  it('are written as the format has it', () => {
    expect(written((writer) => writer.number(1, 150)).toString('hex')).toBe('089601');
  });
});

describe('a message', () => {
  const inner = nested({ text: [1, text], flag: [2, flag] });
  const read = message({
    text: [1, text],
    bytes: [2, bytes],
    inner: [3, inner],
    list: [4, repeated(inner)],
    words: [5, repeated(text)],
    about: [6, texts],
    there: [7, empty],
  });

  const TEXTS = [
    '',
    'a',
    'ꦥꦢꦶ',
    '😀'.repeat(50),
    'x'.repeat(127),
    'x'.repeat(40),
    'é'.repeat(70_000),
  ];

  it.each(TEXTS.map((text) => [text.length, text]))('holds a text of %d', (_, text) => {
    expect(read(written((writer) => writer.text(1, text)))).toEqual({ text });
  });

  it('holds messages in messages, also where the buffer grows within them', () => {
    const message = written((writer) =>
      writer.nested(3, () => {
        writer.text(1, 'x'.repeat(5000));
        writer.number(2, 1);
      }),
    );
    expect(read(message)).toEqual({ inner: { text: 'x'.repeat(5000), flag: true } });
  });

  it('holds lists, maps, bytes and what is only there', () => {
    const message = written((writer) => {
      for (const value of ['a', 'b']) writer.nested(4, () => writer.text(1, value));
      for (const value of ['c', 'd']) writer.text(5, value);
      writer.nested(6, () => {
        writer.text(1, 'type');
        writer.text(2, 'test.Happened');
      });
      writer.payload(2, Uint8Array.of(0, 255));
      writer.empty(7);
    });
    expect(read(message)).toEqual({
      list: [{ text: 'a' }, { text: 'b' }],
      words: ['c', 'd'],
      about: new Map([['type', 'test.Happened']]),
      bytes: Buffer.of(0, 255),
      there: {},
    });
  });

  it('may hold what nobody knows', () => {
    const message = written((writer) => {
      writer.number(9, 300);
      writer.text(10, 'new');
      writer.text(1, 'known');
    });
    const fixed = Buffer.from('5d01020304610102030405060708', 'hex');
    expect(read(Buffer.concat([fixed, message]))).toEqual({ text: 'known' });
  });

  it.each([
    ['cut off in a number', '08'],
    ['cut off in a text', '0a0541'],
    ['with a number that does not end', `08${'ff'.repeat(11)}`],
    ['with a group', '0b'],
    ['with another type than it has', '0801'],
  ])('%s is refused', (_, hex) => {
    expect(() => read(Buffer.from(hex, 'hex'))).toThrow(Malformed);
  });

  it('lacks what is not in it', () => {
    expect(() => given(read(Buffer.alloc(0)).text, 'text')).toThrow('the request has no text');
  });
});
