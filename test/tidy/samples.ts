import type { Source } from './tree.js';

/** What a check must find in a tree that breaks it; `find` is empty for one that keeps it. */
export type Sample = { check: string; tree: Source[]; finds: string[] };

const at = (path: string, ...lines: string[]): Source => ({ path, text: `${lines.join('\n')}\n` });

const repeat = (count: number, line: string) => Array.from({ length: count }, () => line);

const sample = (check: string, tree: Source[], ...finds: string[]): Sample => ({
  check,
  tree,
  finds,
});

const LEDGER = 'libs/ledger/src';
const GATEWAY = 'libs/gateway/src';
const TABLE = at(
  'docs/GLOSSARY.md',
  '| `shu` | the year’s surplus | art. 45 | `profit`, `netIncome` |',
);

const long = (lines: number) => ['const work = () => {', ...repeat(lines - 2, '  step();'), '};'];
const chapter = (lines: number) => ["describe('it', () => {", ...repeat(lines, '  step();'), '});'];

const SIZE: Sample[] = [
  sample(
    'line width',
    [at('libs/a/src/wide.ts', 'x'.repeat(101))],
    'libs/a/src/wide.ts:1 is 101 wide',
  ),
  sample('line width', [
    at('libs/a/src/wide.ts', 'é'.repeat(100)),
    at('docs/a.md', 'x'.repeat(200)),
  ]),
  sample(
    'file length',
    [at(`${LEDGER}/a.decider.ts`, ...repeat(251, '')), at('libs/a/src/b.tsx', ...repeat(401, ''))],
    `${LEDGER}/a.decider.ts has 251 lines, 250 at most`,
    'libs/a/src/b.tsx has 401 lines, 400 at most',
  ),
  sample('file length', [
    at(`${LEDGER}/a.decider.ts`, ...repeat(250, '')),
    at(`${LEDGER}/a.handler.ts`, ...repeat(400, '')),
    at(`${GATEWAY}/generated.ts`, ...repeat(900, '')),
  ]),
  sample(
    'function length',
    [
      at('libs/a/src/a.ts', 'run();', ...long(71)),
      at('libs/a/src/b.ts', 'class A {', ...long(9), '}'),
    ],
    'libs/a/src/a.ts:2 is a function of 71 lines',
  ),
  sample(
    'function length',
    [at('libs/a/src/a.ts', 'class A {', '  go() {', ...repeat(70, '    step();'), '  }', '}')],
    'libs/a/src/a.ts:2 is a function of 72 lines',
  ),
  sample(
    'function length',
    [at('libs/a/src/a.spec.ts', ...chapter(9), "it('goes on', () => {", ...repeat(70, ''), '});')],
    'libs/a/src/a.spec.ts:12 is a function of 72 lines',
  ),
  sample('function length', [
    at('libs/a/src/a.ts', ...long(70)),
    at('libs/a/src/a.spec.ts', ...chapter(300)),
    at('libs/a/src/a.contract.ts', 'export const suite = () => {', ...chapter(300), '};'),
  ]),
  sample(
    'folder size',
    repeat(13, '').map((_, n) => at(`libs/a/src/noun-${n}.ts`)),
    'libs/a/src has 13 files, 12 at most',
  ),
  sample('folder size', [
    ...repeat(12, '').map((_, n) => at(`libs/a/src/noun-${n}.ts`)),
    ...repeat(12, '').map((_, n) => at(`libs/a/src/noun-${n}.spec.ts`)),
    ...repeat(20, '').map((_, n) => at(`docs/adr/00${n}-a.md`)),
    ...repeat(20, '').map((_, n) => at(`root-${n}.md`)),
  ]),
];

const NAMES: Sample[] = [
  sample(
    'file roles',
    [
      at(`${LEDGER}/book/book.service.ts`),
      at(`${LEDGER}/accounts.ts`),
      at('libs/contracts/src/ledger/simpanan.ts'),
      at(`${GATEWAY}/ledger/simpanan.decider.ts`),
    ],
    `${LEDGER}/book/book.service.ts has no role that its suffix tells`,
    `${LEDGER}/accounts.ts has no role that its suffix tells`,
    'libs/contracts/src/ledger/simpanan.ts has no role that its suffix tells',
    `${GATEWAY}/ledger/simpanan.decider.ts has no role that its suffix tells`,
  ),
  sample('file roles', [
    at(`${LEDGER}/README.md`),
    at(`${LEDGER}/index.ts`),
    at(`${LEDGER}/book/book.decider.ts`),
    at(`${LEDGER}/book/golden/book.json`),
    at('libs/contracts/src/answer.ts'),
    at('libs/contracts/src/ledger/rejections.ts'),
    at('libs/contracts/src/ledger/simpanan.api.ts'),
    at(`${GATEWAY}/generated.ts`),
    at(`${GATEWAY}/caller.ts`),
    at(`${GATEWAY}/ledger/simpanan.graphql`),
    at('libs/event-store/src/port.ts'),
  ]),
  sample(
    'vague names',
    [at('libs/a/src/utils/x.ts'), at('libs/a/src/helper.ts'), at('libs/common/src/index.ts')],
    'libs/a/src/utils/x.ts says nothing: which noun is missing?',
    'libs/a/src/helper.ts says nothing: which noun is missing?',
    'libs/common/src/index.ts says nothing: which noun is missing?',
  ),
  sample('vague names', [at('libs/a/src/commonwealth.ts'), at('libs/a/src/money.ts')]),
  sample(
    'barrels',
    [
      at('libs/a/src/b/index.ts', 'const a = 1;'),
      at('libs/a/src/all.ts', "export * from './a.js';"),
    ],
    'libs/a/src/b/index.ts is a barrel',
    'libs/a/src/all.ts is a barrel',
  ),
  sample('barrels', [
    at('libs/a/src/index.ts', "export * from './a.js';"),
    at('libs/event-store/src/memory/index.ts', "export * from './a.js';"),
    at('libs/a/src/a.ts', "export * from './b.js';", 'export const a = 1;'),
  ]),
  sample(
    'resolver imports',
    [at(`${GATEWAY}/a.resolver.ts`, "import { Clients, Permission } from '#lumbung/transport';")],
    `${GATEWAY}/a.resolver.ts takes Clients from the transport`,
  ),
  sample('resolver imports', [
    at(`${GATEWAY}/a.resolver.ts`, "import { Permission } from '#lumbung/transport';"),
    at(`${GATEWAY}/gateway.module.ts`, "import { Clients } from '#lumbung/transport';"),
  ]),
];

const PURITY: Sample[] = [
  sample(
    'pure files',
    [
      at(`${LEDGER}/a.decider.ts`, 'const a = new Date();', 'const b = Math.random();'),
      at(`${LEDGER}/b.policy.ts`, 'type A = { at: Date };', 'const b = { process };'),
      at(`${LEDGER}/c.events.ts`, 'crypto.randomUUID();', 'setTimeout(() => 1, 0);'),
      at('libs/kernel/src/a.ts', 'const now = Temporal.Now.instant();'),
    ],
    `${LEDGER}/a.decider.ts:1 uses Date`,
    `${LEDGER}/a.decider.ts:2 uses Math.random`,
    `${LEDGER}/b.policy.ts:1 uses Date`,
    `${LEDGER}/b.policy.ts:2 uses process`,
    `${LEDGER}/c.events.ts:1 uses crypto`,
    `${LEDGER}/c.events.ts:2 uses setTimeout`,
    'libs/kernel/src/a.ts:1 uses Temporal.Now',
  ),
  sample('pure files', [
    at(`${LEDGER}/a.workflow.ts`, 'const a = { process: (e: E) => e.Date, crypto: 1 };'),
    at(`${LEDGER}/b.policy.ts`, 'const f = ({ process }: A) => process;', '// new Date()'),
    at(`${LEDGER}/c.policy.ts`, 'const f = ({ process: p }: A) => Math.floor(p);'),
    at(`${LEDGER}/a.spec.ts`, 'const a = new Date();'),
    at('libs/kernel/src/a.ts', 'const ms = Date.parse(text);'),
  ]),
  sample(
    'one platform',
    [
      at('libs/a/src/a.ts', 'Date.now();', 'new Date(0);', 'const day = Date();'),
      at('libs/a/src/b.ts', 'Math.random();', 'performance.now();', 'globalThis.setTimeout(f, 1);'),
      at('libs/a/src/c.ts', "import { randomBytes as r } from 'node:crypto';"),
      at('libs/a/src/d.ts', 'crypto.randomUUID();', 'setInterval(f, 1);'),
    ],
    'libs/a/src/a.ts:1 takes Date.now from the machine',
    'libs/a/src/a.ts:2 takes Date from the machine',
    'libs/a/src/a.ts:3 takes Date from the machine',
    'libs/a/src/b.ts:1 takes Math.random from the machine',
    'libs/a/src/b.ts:2 takes performance.now from the machine',
    'libs/a/src/b.ts:3 takes setTimeout from the machine',
    'libs/a/src/c.ts:1 takes randomBytes from the machine',
    'libs/a/src/d.ts:1 takes randomUUID from the machine',
    'libs/a/src/d.ts:2 takes setInterval from the machine',
  ),
  sample('one platform', [
    at('libs/runtime/src/node.platform.ts', 'Date.now();'),
    at('libs/a/src/a.spec.ts', 'Date.now();'),
    at('libs/a/src/testing/clock.ts', 'Date.now();'),
    at('apps/lumbung/src/main.ts', 'Date.now();'),
    at('libs/a/src/a.ts', 'const day = date(issuedAt);', 'type A = { at: Date };'),
  ]),
];

const WORDS: Sample[] = [
  sample('glossary', [at('docs/GLOSSARY.md', 'no table')], 'docs/GLOSSARY.md has no terms'),
  sample(
    'glossary',
    [
      TABLE,
      at('libs/a/src/a.ts', 'const grossProfit = 1;', 'type A = { net_income: number };'),
      at('libs/a/src/profits.ts', 'export {};'),
      at('libs/a/src/a.graphql', '"""profit"""', 'type A { profit: Int }'),
    ],
    'libs/a/src/a.ts:1 says grossProfit, the glossary shu',
    'libs/a/src/a.ts:2 says net_income, the glossary shu',
    'libs/a/src/profits.ts says profits.ts, the glossary shu',
    'libs/a/src/a.graphql says profit, the glossary shu',
  ),
  sample('glossary', [
    TABLE,
    at(
      'libs/a/src/a.ts',
      '// profit',
      'const profitability = peer.profit;',
      'const words = { profit: 1 };',
      "say('profit');",
    ),
    at('test/a.ts', 'const profit = 1;'),
  ]),
  sample(
    'unfinished marks',
    [at('libs/a/src/a.ts', `// ${'TO'}${'DO'}: later`), at('docs/a.md', `${'FIX'}${'ME'}`)],
    `libs/a/src/a.ts:1 says ${'TO'}${'DO'}`,
    `docs/a.md:1 says ${'FIX'}${'ME'}`,
  ),
  sample('unfinished marks', [at('docs/a.md', 'what is to do')]),
  sample(
    'how it was made',
    [at('docs/a.md', `written in ${'this '}session`, `see ${'issue '}12`, `in /${'work'}/a`)],
    `docs/a.md:1 says ${'this '}session`,
    `docs/a.md:2 says ${'issue '}12`,
    `docs/a.md:3 says  /${'work'}/`,
  ),
  sample('how it was made', [
    at('docs/a.md', 'the LPG agent, a browser session, a pagination cursor, the issue of shares'),
  ]),
];

export const SAMPLES: Sample[] = [...SIZE, ...NAMES, ...PURITY, ...WORDS];
