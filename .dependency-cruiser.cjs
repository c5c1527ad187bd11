// The borders of docs/architecture.md §2, as rules that fail. test/borders.spec.ts plants a
// violation of each; a rule without a plant fails there.

const PURE = '\\.(events|decider|policy|stream|public|projection|workflow|api)\\.ts$';
const WRITE_SIDE = '\\.(events|decider|policy|stream|public)\\.ts$';
const SERVICES = '^libs/(membership|ledger|financing|partnership|reporting)/';
const TEST_CODE = ['\\.(spec|contract)\\.tsx?$', '^libs/.+/testing/'];
const OUTSIDE_RUN_TIME = [
  ...TEST_CODE,
  '^(test|bench)/',
  '^apps/dashboard/',
  '\\.config\\.[cm]?[jt]s$',
];
const KERNEL = '^libs/kernel/src/index\\.ts$';
const CONTRACTS = '^libs/contracts/src/';

/** @type {import('dependency-cruiser').IConfiguration['forbidden']} */
const forbidden = [
  {
    name: 'pure-core',
    comment:
      'What decides, folds or maps must give the same answer at every replay, on any machine: ' +
      'pure files see each other, contracts and the kernel, and nothing that does I/O ' +
      '(docs/adr/0001-stored-facts.md).',
    severity: 'error',
    from: { path: `^libs/.+${PURE}` },
    to: { pathNot: [PURE, KERNEL, CONTRACTS] },
  },
  {
    name: 'write-never-reads-read-side',
    comment:
      'A stream decides from its own facts; a read document lags behind them and may be rebuilt ' +
      'at any time (docs/adr/0004-streams-and-checkpoints.md).',
    severity: 'error',
    from: { path: WRITE_SIDE },
    to: { path: ['\\.projection\\.ts$', '^libs/read-store/'] },
  },
  {
    name: 'kernel-is-a-leaf',
    comment:
      'Everything rests on the kernel, so whatever it imported, everything would ' +
      '(docs/adr/0001-stored-facts.md).',
    severity: 'error',
    from: { path: '^libs/kernel/', pathNot: '\\.spec\\.ts$' },
    to: {
      pathNot: ['^libs/kernel/', '(^|/)node_modules/(zod|temporal-polyfill)/', '^(node:)?crypto$'],
    },
  },
  {
    name: 'contracts-import-kernel-only',
    comment:
      'Both sides of every border read the contracts; a dependency here would cross all borders ' +
      'at once (docs/adr/0005-schema-first-graphql.md).',
    severity: 'error',
    from: { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
    to: { pathNot: ['^libs/contracts/', KERNEL] },
  },
  {
    name: 'front-door-only',
    comment:
      'A library promises what its index.ts exports (an adapter and the test helpers have a door ' +
      'of their own); the rest it may change at any time.',
    severity: 'error',
    from: { path: '^(?:libs/)?([^/]+)/' },
    to: {
      path: '^libs/[^/]+/',
      pathNot: [
        '^libs/$1/',
        '^libs/[^/]+/src/index\\.ts$',
        '^libs/(event-store|read-store|transport)/src/[^/]+/index\\.ts$',
        '^libs/kernel/src/testing/index\\.ts$',
      ],
    },
  },
  {
    name: 'services-are-strangers',
    comment:
      'Services run apart and are replayed apart; they meet in contracts, through commands and ' +
      'public events.',
    severity: 'error',
    from: { path: SERVICES },
    to: { path: SERVICES, pathNot: '^libs/$1/' },
  },
  {
    name: 'gateway-sees-contracts-only',
    comment:
      'The gateway may run in a process without the services: it knows their faces, not their ' +
      'code (docs/adr/0005-schema-first-graphql.md).',
    severity: 'error',
    from: { path: '^libs/gateway/', pathNot: '\\.spec\\.ts$' },
    to: { path: '^libs/', pathNot: '^libs/(gateway|contracts|kernel|transport)/' },
  },
  {
    name: 'resolvers-only-translate',
    comment:
      'A resolver names a permission and calls a face; rules live in the services ' +
      '(docs/adr/0005-schema-first-graphql.md).',
    severity: 'error',
    from: { path: '^libs/gateway/.+\\.(resolver|loader|scalar)\\.ts$' },
    to: {
      pathNot: [
        '^libs/(gateway|contracts|kernel|transport)/',
        '(^|/)node_modules/(@nestjs/(common|graphql)|graphql|dataloader)/',
      ],
    },
  },
  {
    name: 'workflows-see-contracts-only',
    comment:
      'A workflow reacts to public events and sends commands, so it works the same when the ' +
      'services run in other processes.',
    severity: 'error',
    from: { path: '\\.workflow\\.ts$' },
    to: { pathNot: ['\\.workflow\\.ts$', KERNEL, CONTRACTS] },
  },
  {
    name: 'apps-compose-only',
    comment:
      'An app chooses adapters and starts a process; what a library took from it could run in ' +
      'that process only (docs/adr/0006-embedded-stores.md).',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-are-strangers',
    comment: 'Each app is a process of its own; what two of them share is a library.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'no-circular',
    comment:
      'In ES modules a cycle leaves one side undefined while the other loads; decorated classes ' +
      'then inject undefined.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-spec-import',
    comment: 'Specs, contract suites and test helpers need Jest; only tests may import them.',
    severity: 'error',
    from: { pathNot: [...TEST_CODE, '^test/'] },
    to: { path: TEST_CODE },
  },
  {
    name: 'no-dev-dependency-at-run-time',
    comment:
      'A production install omits dev dependencies; the page is bundled, so it may use them.',
    severity: 'error',
    from: { path: '^(apps|libs)/', pathNot: OUTSIDE_RUN_TIME },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'not-to-unresolvable',
    comment: 'An import that does not resolve silently satisfies every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    // Types cross borders too: an `import type` of a projection ties a decider to it.
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
