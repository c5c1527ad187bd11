import { settingsFrom, telemetrySettingsFrom } from './settings.js';

describe('the settings of a service process', () => {
  it('have a default each, but for a MongoDB that nobody has to have', () => {
    expect(settingsFrom({})).toEqual({
      LUMBUNG_REGENCY: '35.06',
      LUMBUNG_DATA: './data-services',
      LUMBUNG_HOST: '127.0.0.1',
      LUMBUNG_LOG: 'warn',
      NATS_URL: 'nats://127.0.0.1:4222',
      EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false',
      OTEL_TRACES_SAMPLER_ARG: 1,
    });
  });

  it('are taken from the environment', () => {
    const environment = { MONGODB_URL: 'mongodb://db', NATS_URL: 'tls://nats', HOME: '/b' };
    expect(settingsFrom(environment)).toMatchObject({
      ...{ MONGODB_URL: 'mongodb://db', NATS_URL: 'tls://nats' },
    });
  });

  it.each([
    'nats://a b',
    'nats://kediri:rah@asia@nats',
    'nats://kediri:rah%asia@nats',
    'nats://nats:port',
    'nats://',
    'nats',
  ])('name an address that can be one: not %s', (NATS_URL) => {
    expect(() => settingsFrom({ NATS_URL })).toThrow('misalnya nats://127.0.0.1:4222');
  });

  it.each([
    'esdb+discover://admin:rah%40asia@one:2113,two.example:2113/?tls=true',
    'esdb://[::1]:2113?tls=false',
    'esdb://eventstore',
  ])('take each address that is one: %s', (EVENTSTORE_URL) => {
    expect(settingsFrom({ EVENTSTORE_URL })).toMatchObject({ EVENTSTORE_URL });
  });

  it.each(['127.0.0.1:9464', '[::1]:0', 'ledger.lan:65535'])(
    'show the figures at an address and a port: %s',
    (LUMBUNG_OPS) => {
      expect(telemetrySettingsFrom({ LUMBUNG_OPS })).toMatchObject({ LUMBUNG_OPS });
    },
  );

  it.each([
    { LUMBUNG_OPS: '9464' },
    { LUMBUNG_OPS: '127.0.0.1:65536' },
    { LUMBUNG_OPS: 'http://127.0.0.1:9464' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:4318' },
    { OTEL_TRACES_SAMPLER_ARG: '1.5' },
    { OTEL_TRACES_SAMPLER_ARG: 'half' },
  ])('refuse for telemetry what is none: %j', (environment) => {
    const [name] = Object.keys(environment);
    expect(() => telemetrySettingsFrom(environment)).toThrow(name);
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
