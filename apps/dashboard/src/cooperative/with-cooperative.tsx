import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { Heading } from '../navigation/heading.js';
import { Link } from '../navigation/link.js';
import { Answer } from '../server/answer.js';
import { type Cooperative, FindCooperative } from './queries.js';

type Props = { code: string; children: (cooperative: Cooperative) => ReactNode };

/** Reads a cooperative for the page or form about it. */
export const WithCooperative = ({ code, children }: Props) => {
  const result = useQuery(FindCooperative, { variables: { code } });
  return (
    <Answer result={result} what="koperasi">
      {({ cooperative }) =>
        cooperative ? (
          children(cooperative)
        ) : (
          <>
            <Heading title="Koperasi tidak ada" />
            <p>
              Koperasi desa {code} belum terdaftar. <Link href="/">Ke daftar koperasi</Link>
            </p>
          </>
        )
      }
    </Answer>
  );
};
