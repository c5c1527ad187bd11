import { framing } from './framing.js';
import { Malformed, message, text } from './protobuf.js';
import { writeMessage } from './responses.js';
import { Writer } from './writer.js';

const TEXTS = ['', 'a', 'x'.repeat(3000), 'last'];

const read = message({ text: [1, text] });

const framed = (): Buffer => {
  const writer = new Writer();
  for (const text of TEXTS) writeMessage(writer, (message) => message.text(1, text));
  return writer.take();
};

const messagesIn = (chunks: readonly Buffer[]): Buffer[] => {
  const messages: Buffer[] = [];
  const frame = framing((message) => messages.push(message));
  for (const chunk of chunks) frame(chunk);
  return messages;
};

describe('framing', () => {
  const whole = messagesIn([framed()]).map(String);

  it('finds each message', () => {
    expect(messagesIn([framed()]).map((message) => read(message).text)).toEqual(TEXTS);
  });

  it.each([1, 2, 3, 5, 7, 1024])('finds the same in chunks of %d bytes', (size) => {
    const bytes = framed();
    const chunks: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    expect(messagesIn(chunks).map(String)).toEqual(whole);
  });

  it('refuses a message that is compressed, or too long', () => {
    expect(() => messagesIn([Buffer.from('0100000000', 'hex')])).toThrow(Malformed);
    expect(() => messagesIn([Buffer.from('007fffffff', 'hex')])).toThrow(Malformed);
  });
});
