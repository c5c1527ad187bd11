import { platformRejections } from '#lumbung/contracts';
import { Unavailable } from '#lumbung/kernel';
import { Bus } from '#lumbung/transport';
import { OwnerBus, ownerOf } from './owner-bus.js';
import type { Present } from './roll.js';

const instance = (name: string): Present => ({
  ...{ process: 'ledger', instance: name, answers: ['ledger'], shared: false },
});

const codes = Array.from({ length: 300 }, (_, n) => `35.06.17.${1_000 + n}`);
const three = ['1', '2', '3'].map(instance);

const commandTo = (cooperative: string) => ({ command: { data: { cooperative } } });

/** A bus that answers by its name, or not at all. */
class Named extends Bus {
  constructor(
    readonly name: string,
    private readonly isThere = true,
  ) {
    super();
  }
  async send(): Promise<unknown> {
    const code = 'SERVICE_UNAVAILABLE';
    if (!this.isThere) throw new Unavailable(code, platformRejections[code]);
    return this.name;
  }
}

const busOver = (present: Present[], gone: string[] = [], step_ms = 0) => {
  let now_ms = 0;
  const elapsed_ms = () => {
    now_ms += step_ms;
    return now_ms;
  };
  return new OwnerBus(
    new Named('anyone'),
    { whoAnswers: () => present },
    (owner) => new Named(owner.instance, !gone.includes(owner.instance)),
    { elapsed_ms },
  );
};

describe('the owner of a cooperative', () => {
  it('is the same for everybody, and all have about as many', () => {
    const owners = codes.map((code) => ownerOf(code, three)?.instance);
    expect(codes.map((code) => ownerOf(code, three.toReversed())?.instance)).toEqual(owners);
    for (const { instance: name } of three) {
      const share = owners.filter((owner) => owner === name).length;
      expect(share).toBeGreaterThan(60);
    }
  });

  it('changes only for what belonged to the one that left', () => {
    const left = three.slice(0, 2);
    for (const code of codes) {
      const before = ownerOf(code, three)?.instance;
      if (before !== '3') expect(ownerOf(code, left)?.instance).toBe(before);
    }
  });

  it('takes its commands; any takes them when it is gone, and all else', async () => {
    const [code = ''] = codes;
    const owner = ownerOf(code, three)?.instance as string;
    expect(await busOver(three).send('ledger.simpanan.deposit', commandTo(code))).toBe(owner);
    expect(await busOver(three, [owner]).send('ledger.simpanan.deposit', commandTo(code))).toBe(
      'anyone',
    );
    expect(await busOver(three).send('ledger.simpanan.balances', { query: {} })).toBe('anyone');
    expect(await busOver([]).send('ledger.simpanan.deposit', commandTo(code))).toBe('anyone');
  });

  it('that is silent for long leaves no time to ask another', async () => {
    const [code = ''] = codes;
    const owner = ownerOf(code, three)?.instance as string;
    const sent = busOver(three, [owner], 2_000).send('ledger.simpanan.deposit', commandTo(code));
    await expect(sent).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});
