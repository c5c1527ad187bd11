import { Malformed } from './protobuf.js';

const HEAD = 5;

/** The clients take 17 MB; no message of theirs needs more. */
const MESSAGE_BYTES_MAX = 17 * 1024 * 1024;

/** Cuts the bytes of a call into its messages, as gRPC frames them. */
export const framing = (take: (message: Buffer) => void): ((chunk: Buffer) => void) => {
  let chunks: Buffer[] = [];
  let have = 0;
  let need = HEAD;

  const cut = (bytes: Buffer): Buffer => {
    let rest = bytes;
    while (rest.length >= HEAD) {
      if (rest[0] !== 0) throw new Malformed('a message is compressed');
      const length = rest.readUInt32BE(1);
      if (length > MESSAGE_BYTES_MAX) throw new Malformed(`a message has ${length} bytes`);
      need = HEAD + length;
      if (rest.length < need) return rest;
      take(rest.subarray(HEAD, need));
      rest = rest.subarray(need);
      need = HEAD;
    }
    return rest;
  };

  return (chunk) => {
    chunks.push(chunk);
    have += chunk.length;
    // Joined only when a message is whole, so that a large one is copied once.
    if (have < need) return;
    const rest = cut(chunks.length === 1 ? chunk : Buffer.concat(chunks));
    chunks = rest.length > 0 ? [rest] : [];
    have = rest.length;
  };
};
