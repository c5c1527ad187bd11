import { useQuery } from '@apollo/client/react';
import { CooperativeList } from '../cooperative/cooperative-list.js';
import { usePlatform } from '../frame/platform.js';
import { Heading } from '../navigation/heading.js';
import { Answer } from '../server/answer.js';
import { Districts } from './districts.js';
import { FindRegency } from './queries.js';
import { Totals } from './totals.js';
import './regency.css';

/** `/`: the whole regency at one look, and the way to every cooperative. */
export const RegencyPage = () => {
  const { regency: code, regencyName } = usePlatform();
  const result = useQuery(FindRegency, { variables: { code } });
  return (
    <>
      <Heading title={regencyName} />
      <Answer result={result} what="angka kabupaten">
        {({ regency }) =>
          regency ? (
            <>
              <Totals regency={regency} />
              <div className="regency-columns">
                <CooperativeList districts={regency.districts} />
                <Districts regency={regency} />
              </div>
            </>
          ) : (
            <p>Belum ada koperasi yang terdaftar di sini.</p>
          )
        }
      </Answer>
    </>
  );
};
