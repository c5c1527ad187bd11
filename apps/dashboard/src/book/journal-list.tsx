import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { BookName } from '../cooperative/queries.js';
import { Choice } from '../form/choice.js';
import { inWords, momentIn } from '../format/calendar.js';
import { inRupiah } from '../format/rupiah.js';
import { usePlatform } from '../frame/platform.js';
import { Pager, useTrail } from '../navigation/pager.js';
import { Answer } from '../server/answer.js';
import { type Journal, ListJournal } from './queries.js';
import './book.css';

const PAGE_SIZE = 20;
const BOOK_NAMES: Record<BookName, string> = { UMUM: 'Umum', USP: 'USP' };

const sumOf = (lines: Journal['lines'], side: 'debit' | 'credit') =>
  lines.reduce((total, line) => total + line[side], 0);

const figure = (amount: number) => (amount === 0 ? '' : inRupiah(amount));

const Entry = ({ journal }: { journal: Journal }) => {
  const { zone } = usePlatform();
  const { number, date, description, actor, recordedAt, lines } = journal;
  const debit = sumOf(lines, 'debit');
  const credit = sumOf(lines, 'credit');
  return (
    <li className="journal">
      <header>
        <h3>{description}</h3>
        <p>
          <span className="code">{number}</span> · {inWords(date)}
        </p>
        <p className="by">
          Dicatat {actor}, {momentIn(recordedAt, zone)}
        </p>
      </header>
      <table className="compact">
        <caption className="unseen">Baris jurnal {number}</caption>
        <thead>
          <tr>
            <th scope="col">Akun</th>
            <th scope="col" className="figure">
              Debit
            </th>
            <th scope="col" className="figure">
              Kredit
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.account.code}-${index.toString()}`}>
              <td className={line.credit > 0 ? 'credited' : ''}>
                <span className="code">{line.account.code}</span> {line.account.name}
              </td>
              <td className="figure">{figure(line.debit)}</td>
              <td className="figure">{figure(line.credit)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{debit === credit ? 'Jumlah (seimbang)' : 'Jumlah TIDAK seimbang'}</th>
            <td className="figure">{inRupiah(debit)}</td>
            <td className="figure">{inRupiah(credit)}</td>
          </tr>
        </tfoot>
      </table>
    </li>
  );
};

const BookPages = ({ code, book }: { code: string; book: BookName }) => {
  const [trail, setTrail] = useTrail();
  const result = useQuery(ListJournal, {
    variables: { code, book, first: PAGE_SIZE, after: trail.at(-1) },
  });
  const data = result.data ?? result.previousData;
  return (
    <Answer result={{ ...result, data }} what="jurnal">
      {({ cooperative }) => {
        const journal = cooperative?.journal;
        if (!journal || journal.totalCount === 0) {
          return <p className="empty">Buku {BOOK_NAMES[book]} belum punya jurnal.</p>;
        }
        return (
          <div className={result.data ? '' : 'stale'} aria-busy={!result.data}>
            <ol className="journals">
              {journal.nodes.map((entry) => (
                <Entry key={entry.number} journal={entry} />
              ))}
            </ol>
            <Pager
              label="Halaman jurnal"
              trail={trail}
              onMove={setTrail}
              size={PAGE_SIZE}
              shown={journal.nodes.length}
              totalCount={journal.totalCount}
              pageInfo={journal.pageInfo}
            />
          </div>
        );
      }}
    </Answer>
  );
};

/** The journals of one book of a cooperative, newest first. */
export const JournalList = ({ code }: { code: string }) => {
  const [book, setBook] = useState<BookName>('UMUM');
  return (
    <section aria-labelledby="jurnal-judul">
      <div className="section-head">
        <h2 id="jurnal-judul">Jurnal</h2>
        <Choice legend="Buku" names={BOOK_NAMES} value={book} onChange={setBook} />
      </div>
      <BookPages key={book} code={code} book={book} />
    </section>
  );
};
