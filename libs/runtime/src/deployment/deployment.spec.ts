import { emptyLog, write } from '../testing/coin-log.js';
import { testSealing } from '../testing/jar.js';
import { settled, virtualPlatform } from '../testing/platform.js';
import { failing } from '../testing/stores.js';
import {
  awaitDeployment,
  deploymentOf,
  foundDeployment,
  type Wanted,
  zoneOf,
} from './deployment.js';

const { platform } = virtualPlatform();

const found = (wanted: Wanted, log = emptyLog()) =>
  foundDeployment(log, testSealing, platform, wanted);

const KEDIRI = { regency: '35.06', zone: 'Asia/Jakarta', simulated: false };

describe('a log', () => {
  it('belongs to the regency that it was founded for', async () => {
    const log = emptyLog();
    expect(await deploymentOf(log)).toBeUndefined();
    const kota = { regency: '35.71', zone: 'Asia/Jakarta', simulated: true };
    expect(await found({ regency: '35.71', simulated: true }, log)).toEqual(kota);
    expect(await deploymentOf(log)).toEqual(kota);
    for await (const [first] of log.readAll({ limit: 1 })) {
      expect(first?.stream).toBe('deployment-35.71');
      expect(first?.metadata).toMatchObject({ actor: 'system:founding', regency: '35.71' });
    }
  });

  it('is of Kediri and of real life where nobody says otherwise', async () => {
    expect(await found({})).toEqual(KEDIRI);
  });

  it('is founded once, and is then what it is', async () => {
    const log = emptyLog();
    await found({}, log);
    const head = await log.head();
    for (const wanted of [{}, { regency: '35.06' }, { simulated: false }]) {
      expect(await found(wanted, log)).toEqual(KEDIRI);
    }
    expect(await log.head()).toBe(head);
  });

  it('refuses another regency', async () => {
    const log = emptyLog();
    await found({ regency: '35.06' }, log);
    await expect(found({ regency: '35.71' }, log)).rejects.toMatchObject({
      name: 'Rejection',
      code: 'REGENCY_DIFFERS',
      details: { regency: '35.06' },
    });
  });

  it.each([
    [true, 'DATA CONTOH'],
    [false, 'data sungguhan'],
  ])('refuses life of another kind (simulated: %s)', async (simulated, sentence) => {
    const log = emptyLog();
    await found({ simulated }, log);
    const asked = found({ simulated: !simulated }, log);
    await expect(asked).rejects.toMatchObject({
      name: 'Rejection',
      code: 'FOLDER_IS_OF_ANOTHER_KIND',
    });
    await expect(asked).rejects.toThrow(sentence);
  });

  it('that was not founded by this program is not taken for one of its own', async () => {
    const log = emptyLog();
    await write(log, [1]);
    await expect(found({}, log)).rejects.toThrow('the log has no founding event');
  });

  it.each(['before', 'after'] as const)('is founded by who tries again (%s)', async (when) => {
    const { store, plan } = failing(emptyLog());
    plan.push(when);
    await expect(found({}, store)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await found({}, store)).toEqual(KEDIRI);
    let events = 0;
    for await (const batch of store.readAll()) events += batch.length;
    expect(events).toBe(1);
  });
});

describe('a log that somebody else founds', () => {
  it('is one log though two found it at once, as different things', async () => {
    const log = emptyLog();
    const founding = ['35.06', '35.71'].map((regency) => found({ regency }, log));
    const outcomes = await Promise.allSettled(founding);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await Promise.all([found({}, log), found({}, log)])).toHaveLength(2);
  });

  it('is waited for, and that is told once', async () => {
    const machine = virtualPlatform();
    const log = emptyLog();
    let told = 0;
    const waiting = awaitDeployment(log, machine.platform, {}, () => {
      told += 1;
    });
    for (let look = 0; look < 4; look++) {
      await settled();
      machine.advance(1_000);
    }
    await found({}, log);
    await settled();
    machine.advance(1_000);
    expect(await waiting).toEqual(KEDIRI);
    expect(told).toBe(1);
  });

  it('is waited for a minute', async () => {
    const machine = virtualPlatform();
    const waiting = awaitDeployment(emptyLog(), machine.platform, {});
    const refused = expect(waiting).rejects.toMatchObject({ code: 'NOT_FOUNDED' });
    for (let second = 0; second <= 60; second++) {
      await settled();
      machine.advance(1_000);
    }
    await refused;
  });
});

describe('the zone of a regency', () => {
  it.each([
    ['11.71', 'Asia/Jakarta'],
    ['35.06', 'Asia/Jakarta'],
    ['61.71', 'Asia/Jakarta'],
    ['62.71', 'Asia/Jakarta'],
    ['51.71', 'Asia/Makassar'],
    ['53.71', 'Asia/Makassar'],
    ['63.71', 'Asia/Makassar'],
    ['65.71', 'Asia/Makassar'],
    ['76.04', 'Asia/Makassar'],
    ['81.71', 'Asia/Jayapura'],
    ['91.71', 'Asia/Jayapura'],
    ['97.02', 'Asia/Jayapura'],
  ])('of %s is %s', (regency, zone) => {
    expect(zoneOf(regency)).toBe(zone);
  });
});
