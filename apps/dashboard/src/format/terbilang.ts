const ONES = [
  '',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas',
];
const SCALES = ['', 'ribu', 'juta', 'miliar', 'triliun', 'kuadriliun'];

const belowThousand = (number: number): string[] => {
  if (number < 12) return [ONES[number] ?? ''];
  if (number < 20) return [ONES[number - 10] ?? '', 'belas'];
  if (number < 100) {
    return [ONES[(number - (number % 10)) / 10] ?? '', 'puluh', ...belowThousand(number % 10)];
  }
  const hundreds = (number - (number % 100)) / 100;
  const head = hundreds === 1 ? ['seratus'] : [ONES[hundreds] ?? '', 'ratus'];
  return [...head, ...belowThousand(number % 100)];
};

/** A whole amount from 0 in words, as a receipt has it: `seratus dua puluh ribu`. */
export const terbilang = (amount: number): string => {
  if (amount === 0) return 'nol';
  const words: string[] = [];
  let rest = amount;
  for (let scale = 0; rest > 0; scale++) {
    const part = rest % 1000;
    rest = (rest - part) / 1000;
    if (part === 0) continue;
    // A thousand has a word of its own; a million is "one million".
    if (part === 1 && scale === 1) words.unshift('seribu');
    else words.unshift(...belowThousand(part), SCALES[scale] ?? '');
  }
  return words.filter(Boolean).join(' ');
};
