import type { ReactNode } from 'react';
import { Heading } from '../navigation/heading.js';
import { Link } from '../navigation/link.js';
import type { Cooperative } from './queries.js';

type Props = { title: string; cooperative: Cooperative; children: ReactNode };

/** A form about a cooperative, on a page of its own. */
export const FormPage = ({ title, cooperative, children }: Props) => (
  <div className="form-page">
    <p className="trail">
      <Link href={`/koperasi/${cooperative.code}`}>{cooperative.name}</Link>
    </p>
    <Heading title={title} />
    {children}
  </div>
);
