const VARINT = 0;
const LENGTH = 2;
const LENGTH_WIDTH = 4;
const FRAME_HEAD = 5;
const INT32 = 2 ** 31;

const widthOf = (value: number): number => {
  let width = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) width++;
  return width;
};

/**
 * Writes messages in one pass into one buffer. What comes before its content is known, the
 * length, is given room for as many bytes as it may need: a varint may end in empty groups.
 */
export class Writer {
  private bytes: Buffer;
  private at = 0;

  constructor(private readonly capacity = 512) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.at;
  }

  /** What was written since the last time. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.at);
    this.bytes = Buffer.allocUnsafe(this.capacity);
    this.at = 0;
    return taken;
  }

  /** A message with its head as gRPC sends it, uncompressed. */
  openFrame(): number {
    this.need(FRAME_HEAD);
    this.bytes[this.at] = 0;
    this.at += FRAME_HEAD;
    return this.at;
  }

  closeFrame(start: number): void {
    this.bytes.writeUInt32BE(this.at - start, start - LENGTH_WIDTH);
  }

  /** Begins a message in a field; what is written until `close` is in it. */
  open(field: number): number {
    this.tag(field, LENGTH, LENGTH_WIDTH);
    this.at += LENGTH_WIDTH;
    return this.at;
  }

  close(start: number): void {
    this.varintAt(start - LENGTH_WIDTH, this.at - start, LENGTH_WIDTH);
  }

  nested(field: number, write: () => void): void {
    const start = this.open(field);
    write();
    this.close(start);
  }

  empty(field: number): void {
    this.tag(field, LENGTH, 1);
    this.bytes[this.at++] = 0;
  }

  number(field: number, value: number): void {
    this.tag(field, VARINT, 10);
    this.varint(value);
  }

  bigint(field: number, value: bigint): void {
    this.tag(field, VARINT, 10);
    let rest = BigInt.asUintN(64, value);
    while (rest > Number.MAX_SAFE_INTEGER) {
      this.bytes[this.at++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.varint(Number(rest));
  }

  text(field: number, value: string): void {
    const most = value.length * 3;
    const width = widthOf(most);
    this.tag(field, LENGTH, width + most);
    const start = this.at + width;
    const count = this.bytes.write(value, start);
    this.varintAt(this.at, count, width);
    this.at = start + count;
  }

  payload(field: number, value: string | Uint8Array): void {
    if (typeof value === 'string') this.text(field, value);
    else this.bytesOf(field, value);
  }

  private bytesOf(field: number, value: Uint8Array): void {
    this.tag(field, LENGTH, 10 + value.length);
    this.varint(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  /** No field of the protocol has a number above 15, so a tag is one byte. */
  private tag(field: number, wire: number, more: number): void {
    this.need(1 + more);
    this.bytes[this.at++] = field * 8 + wire;
  }

  private need(count: number): void {
    const least = this.at + count;
    if (least <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(least, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }

  private varint(value: number): void {
    let rest = value;
    for (; rest >= INT32; rest = Math.floor(rest / 128)) {
      this.bytes[this.at++] = (rest % 128) | 0x80;
    }
    for (; rest >= 128; rest >>>= 7) this.bytes[this.at++] = (rest & 0x7f) | 0x80;
    this.bytes[this.at++] = rest;
  }

  private varintAt(at: number, value: number, width: number): void {
    let rest = value;
    let place = at;
    for (; place < at + width - 1; rest >>>= 7) this.bytes[place++] = (rest & 0x7f) | 0x80;
    this.bytes[place] = rest;
  }
}
