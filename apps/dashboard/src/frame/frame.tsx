import { useApolloClient, useQuery } from '@apollo/client/react';
import { type ReactNode, useEffect } from 'react';
import { Link } from '../navigation/link.js';
import { Answer } from '../server/answer.js';
import { PlatformContext } from './platform.js';
import { FindPlatform } from './queries.js';
import { UserChoice } from './user-choice.js';
import './frame.css';

const REGION_DATA = 'https://github.com/fityannugroho/idn-area-data';

const CATCHING_UP_MS = 2_000;

/** What every page has around it. */
export const Frame = ({ children }: { children: ReactNode }) => {
  const client = useApolloClient();
  const platform = useQuery(FindPlatform);
  const { startPolling, stopPolling } = platform;
  const { demo, caughtUp, regencyName } = platform.data?.platform ?? {};
  useEffect(() => {
    if (caughtUp === false) startPolling(CATCHING_UP_MS);
    else stopPolling();
  }, [caughtUp, startPolling, stopPolling]);
  // Whatever kept the platform from answering kept the list of users too.
  const askAll = () => client.refetchQueries({ include: 'active' });
  return (
    <>
      <a className="skip" href="#isi">
        Langsung ke isi
      </a>
      <header className="masthead">
        <Link href="/" className="brand">
          <img src="/lumbung.svg" alt="" width="32" height="32" />
          <span>
            <strong>Lumbung</strong>
            <small>{regencyName ?? 'Koperasi desa'}</small>
          </span>
        </Link>
        <UserChoice />
      </header>
      {demo && (
        <p className="demo">
          <strong>DATA CONTOH</strong> <span>Isi halaman ini kehidupan buatan, bukan catatan.</span>
        </p>
      )}
      {caughtUp === false && (
        <p className="catching-up" role="status">
          Angka sedang dihitung ulang dari catatan; yang tampil belum lengkap.
        </p>
      )}
      <main id="isi">
        <Answer result={{ ...platform, refetch: askAll }} what="data">
          {(data) => (
            <PlatformContext.Provider value={data.platform}>{children}</PlatformContext.Provider>
          )}
        </Answer>
      </main>
      <footer className="colophon">
        <p>
          Data wilayah: <a href={REGION_DATA}>idn-area-data</a> (ODbL)
        </p>
      </footer>
    </>
  );
};
