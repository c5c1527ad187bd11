import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

type Panel = {
  title: string;
  datasource: { uid: string };
  targets: { expr: string }[];
};
type Rule = { alert: string; expr: string; for?: string; annotations: Record<string, string> };

const FOLDER = 'deploy/prometheus';
const DASHBOARDS = 'deploy/grafana/dashboards';

const read = (path: string) => readFileSync(path, 'utf8');

const panels = readdirSync(DASHBOARDS).flatMap(
  (name) => (JSON.parse(read(join(DASHBOARDS, name))) as { panels: Panel[] }).panels,
);
const { groups } = parse(read(join(FOLDER, 'alerts.yml'))) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const queries = [
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...rules.map(({ expr }) => expr),
];

const declared = () => {
  const folder = 'libs/telemetry/src';
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => read(join(folder, name)));
  return new Set(sources.flatMap((source) => source.match(/\blumbung_[a-z_]+/g) ?? []));
};

const namesIn = (query: string) =>
  (query.match(/\blumbung_[a-z_]+/g) ?? []).map((name) => name.replace(/_(bucket|sum|count)$/, ''));

const found = spawnSync('promtool', ['--version']).status === 0;
const describeWithPromtool = found || process.env.CI === 'true' ? describe : describe.skip;

const promtool = (args: string[], cwd = FOLDER) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
};

describe('what is watched', () => {
  it('is what the processes tell', () => {
    const known = declared();
    for (const query of queries) {
      for (const name of namesIn(query)) expect([...known]).toContain(name);
    }
  });

  it('is all that they tell of themselves', () => {
    const used = new Set(queries.flatMap(namesIn));
    expect([...declared()].filter((name) => !used.has(name))).toEqual([]);
  });

  it('is asked of a source that is provisioned', () => {
    const sources = parse(read('deploy/grafana/provisioning/datasources/lumbung.yml'));
    const uids = (sources as { datasources: { uid: string }[] }).datasources.map(({ uid }) => uid);
    for (const { datasource } of panels) expect(uids).toContain(datasource.uid);
  });

  it('is scraped from every process of ours', () => {
    const { scrape_configs } = parse(read(join(FOLDER, 'prometheus.yml')));
    const [{ static_configs }] = scrape_configs as [{ static_configs: [{ targets: string[] }] }];
    expect(static_configs[0].targets.sort()).toEqual([
      ...['gateway:9464', 'ledger:9464', 'membership:9464', 'reporting:9464'],
    ]);
  });
});

describe('an alert', () => {
  it.each(rules)('$alert says what is wrong and what to do, and has a test', (rule) => {
    expect(Object.keys(rule.annotations)).toEqual(['summary', 'action']);
    expect(rule.for).toMatch(/^[1-5]m$/);
    expect(read(join(FOLDER, 'alerts.test.yml'))).toContain(`alertname: ${rule.alert}\n`);
  });
});

describeWithPromtool('to Prometheus', () => {
  it('the configuration is one, and its alerts do as their tests say', () => {
    const checked = promtool(['check', 'config', 'prometheus.yml']);
    expect(checked).toMatchObject({ status: 0, said: expect.stringContaining('SUCCESS') });
    const tested = promtool(['test', 'rules', 'alerts.test.yml']);
    expect(tested).toMatchObject({ status: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('every query of a dashboard is one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lumbung-queries-'));
    const recorded = queries.map((query, index) => ({
      record: `test:query${index}`,
      expr: query.replaceAll('$__rate_interval', '1m'),
    }));
    writeFileSync(
      join(folder, 'r.yml'),
      JSON.stringify({ groups: [{ name: 'q', rules: recorded }] }),
    );
    expect(promtool(['check', 'rules', 'r.yml'], folder)).toMatchObject({ status: 0 });
    rmSync(folder, { recursive: true });
  });
});
