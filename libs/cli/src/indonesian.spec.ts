import { Command, type CommanderError, Option } from 'commander';
import { wholeArgument } from './arguments.js';
import { speakIndonesian } from './indonesian.js';

const told = (...args: string[]) => {
  let said = '';
  const program = speakIndonesian(new Command('lumbung'));
  const write = (text: string) => {
    said += text;
  };
  program.configureOutput({ writeErr: write, writeOut: write }).exitOverride();
  program
    .command('simulate <folder>')
    .description('Mengisi folder')
    .requiredOption('--months <count>', 'berapa bulan', wholeArgument(1, 12))
    .addOption(new Option('--role <role>', 'peran').choices(['kasir', 'auditor']))
    .option('--user <name>', 'bertindak sebagai', 'pengurus')
    .action(() => undefined);
  try {
    program.parse(['simulate', ...args], { from: 'user' });
  } catch (error) {
    return { said, code: (error as CommanderError).exitCode };
  }
  return { said, code: 0 };
};

describe('the command line', () => {
  it.each<[string[], string]>([
    [['--months', '1'], '<folder> belum diisi.'],
    [['a'], '--months <count> harus diberikan.'],
    [['a', '--months'], '--months <count> belum diisi.'],
    [['a', '--months', '1', '--month', '1'], 'Pilihan --month tidak dikenal.'],
    [['a', 'b', '--months', '1'], 'Isian terlalu banyak.'],
    [
      ['a', '--months', '0'],
      "--months <count> tidak boleh berisi '0'. Harus bilangan bulat dari 1 sampai 12.",
    ],
    [
      ['a', '--months', '1', '--role', 'raja'],
      "--role <role> tidak boleh berisi 'raja'. Yang ada: kasir, auditor.",
    ],
  ])('says in Indonesian what is wrong with %j', (args, sentence) => {
    expect(told(...args)).toEqual({ said: `${sentence}\n(lihat --help)\n`, code: 1 });
  });

  it('explains itself in Indonesian', () => {
    const { said, code } = told('--help');
    expect(code).toBe(0);
    expect(said).toMatch(/^Pemakaian: lumbung simulate \[options\] <folder>/);
    expect(said).toContain('\nPilihan:\n');
    expect(said).toContain('(bawaan: "pengurus")');
    expect(said).toContain('(yang ada: "kasir", "auditor")');
    expect(said).toContain('menampilkan bantuan');
  });
});
