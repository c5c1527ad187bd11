import { CollectionPage } from './collection/collection-page.js';
import { CooperativePage } from './cooperative/cooperative-page.js';
import { Frame } from './frame/frame.js';
import { AdmitPage } from './member/admit-page.js';
import { Heading } from './navigation/heading.js';
import { Link } from './navigation/link.js';
import { usePlace } from './navigation/place.js';
import { RegencyPage } from './regency/regency-page.js';
import { DepositPage } from './simpanan/deposit-page.js';

const COOPERATIVE = /^\/koperasi\/([0-9.]+)(?:\/([a-z-]+))?\/?$/;

const NotFound = () => (
  <>
    <Heading title="Halaman tidak ada" />
    <p>
      Alamat ini tidak dikenal. <Link href="/">Ke halaman kabupaten</Link>
    </p>
  </>
);

const Page = () => {
  const { path } = usePlace();
  if (path === '/') return <RegencyPage />;
  const [, code, act] = COOPERATIVE.exec(path) ?? [];
  if (!code) return <NotFound />;
  switch (act) {
    case undefined:
      return <CooperativePage key={code} code={code} />;
    case 'terima-anggota':
      return <AdmitPage key={code} code={code} />;
    case 'terima-simpanan':
      return <DepositPage key={code} code={code} />;
    case 'pungutan-wajib':
      return <CollectionPage key={code} code={code} />;
    default:
      return <NotFound />;
  }
};

export const App = () => (
  <Frame>
    <Page />
  </Frame>
);
