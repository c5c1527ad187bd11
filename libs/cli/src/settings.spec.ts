import { settingsFrom } from './settings.js';

describe('settings', () => {
  it('have a default each', () => {
    expect(settingsFrom({})).toEqual({
      ...{ PORT: 3000, LUMBUNG_DATA: './data', LUMBUNG_LOG: 'warn', NODE_ENV: 'development' },
    });
  });

  it('are taken from the environment, beside whatever else stands there', () => {
    const environment = { PORT: '0', LUMBUNG_DATA: '/a', LUMBUNG_LOG: 'debug', HOME: '/b' };
    expect(settingsFrom(environment)).toMatchObject({
      ...{ PORT: 0, LUMBUNG_DATA: '/a', LUMBUNG_LOG: 'debug' },
    });
  });

  it.each<[string, Record<string, string>]>([
    ['PORT', { PORT: 'x' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '80.5' }],
    ['LUMBUNG_DATA', { LUMBUNG_DATA: '' }],
    ['LUMBUNG_LOG', { LUMBUNG_LOG: 'loud' }],
    ['PORT, LUMBUNG_LOG', { PORT: '-1', LUMBUNG_LOG: '' }],
  ])('are refused with the name of each that is wrong: %s', (names, environment) => {
    expect(() => settingsFrom(environment)).toThrow(
      expect.objectContaining({
        code: 'SETTINGS_INVALID',
        sentence: `Pengaturan tidak sah: ${names}.`,
      }),
    );
  });
});
