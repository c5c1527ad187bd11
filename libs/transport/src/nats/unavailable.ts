/** The broker does not answer, or does not let this process in. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
  readonly sentence: string;
  constructor(
    readonly code: 'NATS_UNREACHABLE' | 'NATS_REFUSED' | 'NATS_ADDRESS_MALFORMED',
    { sentence, cause }: { sentence: string; cause?: unknown },
  ) {
    super(`${code}: ${sentence}`, { cause });
    this.sentence = sentence;
  }
}
