import { useState } from 'react';
import { inThousands } from '../format/rupiah.js';
import './navigation.css';

/** The cursors of the pages before, the last being where the shown page begins. */
export type Trail = readonly string[];

type PageInfo = { endCursor: string | null; hasNextPage: boolean };

type Props = {
  label: string;
  trail: Trail;
  onMove: (trail: Trail) => void;
  size: number;
  shown: number;
  totalCount: number;
  pageInfo: PageInfo;
};

/** Steps through a list that the server pages by cursor. */
export const Pager = ({ label, trail, onMove, size, shown, totalCount, pageInfo }: Props) => {
  const first = trail.length * size + 1;
  const range = shown === 0 ? '0' : `${inThousands(first)}–${inThousands(first + shown - 1)}`;
  const { endCursor, hasNextPage } = pageInfo;
  return (
    <nav className="pager" aria-label={label}>
      <button
        type="button"
        className="quiet"
        disabled={trail.length === 0}
        onClick={() => onMove(trail.slice(0, -1))}
      >
        Sebelumnya
      </button>
      <span role="status">
        {range} dari {inThousands(totalCount)}
      </span>
      <button
        type="button"
        className="quiet"
        disabled={!hasNextPage || endCursor === null}
        onClick={() => endCursor !== null && onMove([...trail, endCursor])}
      >
        Berikutnya
      </button>
    </nav>
  );
};

/** A trail that lasts as long as its component. */
export const useTrail = () => useState<Trail>([]);
