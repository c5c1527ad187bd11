import type { Command } from 'commander';

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Pemakaian:',
  'Arguments:': 'Isian:',
  'Options:': 'Pilihan:',
  'Commands:': 'Perintah:',
};

// What commander says of a command line, and how a treasurer is told.
const SENTENCES: readonly [RegExp, string][] = [
  [/^unknown option '(.+?)'.*$/s, 'Pilihan $1 tidak dikenal.'],
  [/^unknown command '(.+?)'.*$/s, 'Perintah $1 tidak dikenal.'],
  [/^missing required argument '(.+?)'$/, '<$1> belum diisi.'],
  [/^option '(.+?)' argument missing$/, '$1 belum diisi.'],
  [/^required option '(.+?)' not specified$/, '$1 harus diberikan.'],
  [/^option '(.+?)' argument '(.*)' is invalid\. (.*)$/s, "$1 tidak boleh berisi '$2'. $3"],
  [/^too many arguments.*$/s, 'Isian terlalu banyak.'],
];

/** The sentence for a message of commander; the message itself where there is none. */
export const inIndonesian = (message: string): string => {
  const text = message.trim().replace(/^error: /, '');
  const known = SENTENCES.find(([pattern]) => pattern.test(text));
  const sentence = known ? text.replace(...known) : text;
  return sentence.replace(/Allowed choices are (.*)\./, 'Yang ada: $1.');
};

/** Makes commander, and the commands that are added later, speak Indonesian. */
export const speakIndonesian = (program: Command): Command =>
  program
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      styleOptionDescription: (text) =>
        text.replace('(default: ', '(bawaan: ').replace('(choices: ', '(yang ada: '),
    })
    .configureOutput({ outputError: (text, write) => write(`${inIndonesian(text)}\n`) })
    .helpOption('-h, --help', 'menampilkan bantuan')
    .helpCommand('help [command]', 'menampilkan bantuan suatu perintah')
    .showHelpAfterError('(lihat --help)');
