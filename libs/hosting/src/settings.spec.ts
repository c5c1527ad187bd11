import { settingsFrom } from './settings.js';

describe('the settings of a service process', () => {
  it('have a default each, but for a MongoDB that nobody has to have', () => {
    expect(settingsFrom({})).toEqual({
      LUMBUNG_REGENCY: '35.06',
      LUMBUNG_DATA: './data-services',
      LUMBUNG_LOG: 'warn',
      NATS_URL: 'nats://127.0.0.1:4222',
      EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false',
    });
  });

  it('are taken from the environment', () => {
    const environment = { MONGODB_URL: 'mongodb://db', NATS_URL: 'tls://nats', HOME: '/b' };
    expect(settingsFrom(environment)).toMatchObject({
      ...{ MONGODB_URL: 'mongodb://db', NATS_URL: 'tls://nats' },
    });
  });

  it('are refused all at once, with what each should be and never what it was', () => {
    const environment = {
      ...{ LUMBUNG_REGENCY: 'Kediri', LUMBUNG_DATA: '', LUMBUNG_LOG: 'loud' },
      ...{ NATS_URL: 'http://kediri:rahasia@nats', MONGODB_URL: 'db' },
    };
    const refused = (() => {
      try {
        return settingsFrom(environment);
      } catch (error) {
        return error as { code: string; sentence: string; message: string };
      }
    })() as { code: string; sentence: string; message: string };
    expect(refused.code).toBe('SETTINGS_INVALID');
    for (const name of Object.keys(environment)) expect(refused.sentence).toContain(name);
    expect(refused.sentence).toContain('kode kabupaten, misalnya 35.06');
    expect(refused.sentence).toContain('alamat nats atau tls');
    expect(`${refused.message} ${refused.sentence}`).not.toContain('rahasia');
  });
});
